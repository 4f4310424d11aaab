import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Push, Sensitivity } from '../../api/metrics.ts'
import type { Cell } from '../../components/cells.ts'
import { difference, DASH, share } from '../../components/format.ts'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'

/** The index under the old and the new weights, and how far each weight moves it. */
export function WhatItDoes({ found }: { found: Sensitivity }) {
  const { t } = useTranslation()
  const cell = (one: Cell | null) => (one ? <NumberWithInterval cell={one} /> : DASH)
  const columns: TableColumnsType<Push> = [
    { title: t('metrics.aspect'), dataIndex: 'name' },
    { title: t('metrics.share'), key: 'share', className: 'number', render: (_, one) => share(one.share) },
    { title: t('metrics.lower'), key: 'lower', className: 'number', render: (_, one) => cell(one.lower) },
    { title: t('metrics.higher'), key: 'higher', className: 'number', render: (_, one) => cell(one.higher) },
    { title: t('metrics.moves'), key: 'moves', className: 'number', render: (_, one) => difference(one.moves, 'points', '') },
  ]
  return (
    <div className="stack">
      <div className="two-scores">
        <div><p className="soft small">{t('metrics.oldSet')}</p>{found.old ? <NumberWithInterval cell={found.old} size="big" /> : DASH}</div>
        <div><p className="soft small">{t('metrics.newSet')}</p>{found.new ? <NumberWithInterval cell={found.new} size="big" /> : DASH}</div>
        <div><p className="soft small">{t('call.difference')}</p><span className="measured big"><span className="estimate">{difference(found.difference, 'points', '')}</span></span></div>
      </div>
      <Table<Push> columns={columns} dataSource={found.weights} rowKey="name" size="small" pagination={false} scroll={{ x: 'max-content' }} />
      <p className="soft tiny">{t('metrics.movesHow')}</p>
    </div>
  )
}
