import type { TableColumnsType } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useSay } from '../../app/language.ts'
import { Chart, type Colours } from '../../components/Chart.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Facts } from '../../components/Facts.tsx'
import { count, DASH, interval, number, ownInterval, plain, share } from '../../components/format.ts'
import { Absent } from '../../components/NumberWithInterval.tsx'
import { isPlaced, matrix } from './matrix.ts'
import type { Driver, DriverResult, Quadrant } from '../../api/drivers.ts'
import { WhatIf } from './WhatIf.tsx'
import { Listing } from '../../components/Listing.tsx'

const MATRIX_HEIGHT = 460
const TONE: Record<Quadrant, string> = { fix_first: 'bad', keep_up: 'good', low_priority: '', possible_overkill: 'doubt', uncertain: '' }

export function Found({ id, result }: { id: string; result: DriverResult }) {
  const { t } = useTranslation()
  const say = useSay()
  if (result.not_estimable) return <div className="panel"><EmptyState title={t('drivers.none')} how={<Absent reason={result.not_estimable} />} /></div>
  const first = result.drivers.filter(({ quadrant }) => quadrant === 'fix_first').sort((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity))
  return (
    <>
      <section className="panel stack">
        <h2>{first.length > 0 ? t('drivers.first', { names: first.map(({ label }) => say(label)).join(t('drivers.and')) }) : t('drivers.noFirst')}</h2>
        <Facts
          facts={[
            [t('drivers.explained'), `${share(result.r2)} ${interval(result.r2_low, result.r2_high, 'share')}`],
            ['n', result.n_total > result.n ? t('drivers.nOf', { n: count(result.n), total: count(result.n_total) }) : count(result.n)],
            [t('drivers.method'), t(`method.${result.method}`, { defaultValue: result.method })],
          ]}
        />
        <p className="soft small">{t('drivers.caution')}</p>
        <Matrix result={result} />
      </section>
      <WhatIf key={result.target} id={id} result={result} />
      <section className="panel flush">
        <Listing<Driver> columns={useColumns()} dataSource={result.drivers} rowKey="column" />
      </section>
      <Notes result={result} />
    </>
  )
}

function Matrix({ result }: { result: DriverResult }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const option = useCallback((colours: Colours, wide: boolean) => matrix(result, language, t, colours, wide), [result, language, t])
  if (!result.drivers.some(isPlaced)) return null
  return <Chart option={option} height={MATRIX_HEIGHT} label={t('drivers.matrix')} />
}

function useColumns(): TableColumnsType<Driver> {
  const { t } = useTranslation()
  const say = useSay()
  const measured = (value: string, ends: string) => <span className="measured"><span className="estimate">{value}</span><span className="evidence">{ends}</span></span>
  return [
    { title: t('drivers.driver'), key: 'label', render: (_, row) => <div className="wrap">{say(row.label)}{row.flags.map((flag) => <div key={flag} className="tiny soft">{t(`driverFlag.${flag}`, { defaultValue: flag })}</div>)}</div> },
    { title: t('drivers.quadrant'), key: 'quadrant', render: (_, row) => (row.quadrant ? <span className={`tag ${TONE[row.quadrant]}`}>{t(`quadrant.${row.quadrant}`)}</span> : DASH) },
    { title: t('drivers.importance'), key: 'share', className: 'number', sorter: (a, b) => (a.share ?? 0) - (b.share ?? 0), render: (_, row) => measured(share(row.share), interval(row.low, row.high, 'share')) },
    { title: t('drivers.performance'), key: 'performance', className: 'number', sorter: (a, b) => (a.performance ?? 0) - (b.performance ?? 0), render: (_, row) => measured(number(row.performance, 'points'), ownInterval({ low: row.performance_low, high: row.performance_high, unit: 'points' })) },
    { title: t('drivers.priority'), key: 'priority', className: 'number', sorter: (a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity), render: (_, row) => row.priority ?? DASH },
    { title: t('drivers.correlation'), key: 'correlation', className: 'number', render: (_, row) => measured(plain(row.correlation), interval(row.correlation_low, row.correlation_high, 'scale')) },
    { title: 'n', key: 'n', className: 'number', render: (_, row) => count(row.n) },
  ]
}

function Notes({ result }: { result: DriverResult }) {
  const say = useSay()
  const { t } = useTranslation()
  const dropped = Object.entries(result.dropped)
  if (dropped.length === 0 && result.notes.length === 0) return null
  return (
    <section className="panel stack small soft">
      {dropped.length > 0 && <p>{t('drivers.dropped')} {dropped.map(([column, why]) => `${column}（${say(why)}）`).join(t('common.list'))}</p>}
      {result.notes.map((note) => <p key={say(note)}>{say(note)}</p>)}
    </section>
  )
}
