import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import type { DatasetRow } from '../../api/data.ts'
import type { Judged, Target } from '../../api/metrics.ts'
import { useRead, useWrite, type Page as Listed } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { DatasetPicker, useDataset } from '../../components/DatasetPicker.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { number } from '../../components/format.ts'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'
import { TargetDialog } from './TargetDialog.tsx'
import { useMetricWords } from './useMetricWords.ts'

const TONE: Record<string, string> = { reached: 'good', missed: 'bad' }
const SHAPE: Record<string, string> = { reached: '▲', missed: '▼' }

/** What each metric should reach, and where a dataset stands today. */
export function Targets() {
  const { t } = useTranslation()
  const may = useMay()
  const picked = useDataset()
  const [edited, setEdited] = useState<Target | 'new' | null>(null)
  const judged = useRead<Listed<Judged>>(`/datasets/${picked.id ?? ''}/targets`, undefined, { enabled: picked.id !== null })
  const { name } = useMetricWords()
  const standing = new Map((judged.data?.items ?? []).map((one) => [one.id, one]))
  return (
    <div className="stack">
      <div className="row far">
        <span className="row">{t('metrics.standing')}<DatasetPicker {...picked} /></span>
        {may('edit_metrics') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>{t('metrics.addTarget')}</Button>}
      </div>
      <DataTable<Target> path="/targets" rowKey="id" label={t('metrics.targets')} columns={useColumns(standing, picked.all, setEdited)} local={({ metric, where }) => `${name(metric)} ${metric} ${Object.values(where).join(' ')}`} exports empty={<EmptyState title={t('metrics.noTargets')} how={t('metrics.noTargetsHow')} />} />
      {edited && <TargetDialog target={edited === 'new' ? null : edited} dataset={picked.id} onClose={() => setEdited(null)} />}
    </div>
  )
}

function useColumns(standing: Map<string, Judged>, datasets: DatasetRow[], onEdit: (target: Target) => void): TableColumnsType<Target> {
  const { t } = useTranslation()
  const say = useSay()
  const may = useMay()
  const { name, unit } = useMetricWords()
  const remove = useWrite(({ id, revision }: Target) => api.delete(`/targets/${id}`, { revision }), {
    refresh: ['/targets', '/datasets'], done: t('metrics.targetRemoved'),
    undo: (_, { metric, value, where, dataset_id, higher_is_better, valid_from, valid_to }) => api.post('/targets', { metric, value, where, dataset_id, higher_is_better, valid_from, valid_to }),
  })
  const group = (where: Record<string, string>) => Object.entries(where).map(([column, value]) => `${column} = ${value}`).join(t('common.comma')) || t('metrics.everything')
  return [
    { title: t('query.metric'), key: 'metric', render: (_, row) => (may('edit_metrics') ? <button type="button" className="as-link" onClick={() => onEdit(row)}>{name(row.metric)}</button> : name(row.metric)) },
    { title: t('metrics.group'), key: 'where', render: (_, row) => <span className="wrap">{group(row.where)}</span> },
    { title: t('rules.dataset'), key: 'dataset', render: (_, row) => datasets.find(({ id }) => id === row.dataset_id)?.name ?? t('rules.allDatasets') },
    { title: t('metrics.target'), key: 'value', className: 'number', render: (_, row) => number(row.value, unit(row.metric)) },
    { title: t('metrics.now'), key: 'now', className: 'number', render: (_, row) => { const cell = standing.get(row.id)?.cell; return cell ? <NumberWithInterval cell={cell} /> : '—' } },
    {
      title: t('metrics.attained'), key: 'attained',
      render: (_, row) => {
        const one = standing.get(row.id)
        if (!one?.attainment) return <span className="soft small wrap">{say(one?.refused) || '—'}</span>
        return <span className={`tag ${TONE[one.attainment] ?? ''}`}>{SHAPE[one.attainment] ?? '◌'} {say(one.attainment_words)}</span>
      },
    },
    { title: t('metrics.when'), key: 'when', render: (_, row) => <span className="small">{row.valid_from} – {row.valid_to ?? t('metrics.open')}</span> },
    { title: <span className="hidden">{t('common.remove')}</span>, key: 'remove', className: 'number', render: (_, row) => may('edit_metrics') && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => remove.mutate(row)} /> },
  ]
}
