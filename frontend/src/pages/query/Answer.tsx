import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../api/client.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import { Chart } from '../../components/Chart.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { EventList, useHappened } from '../../components/events/EventList.tsx'
import { count, share } from '../../components/format.ts'
import { Loaded } from '../../components/Loaded.tsx'
import { Restated } from '../../components/Restated.tsx'
import { queryOf, type Asked } from '../../components/question/asked.ts'
import { Cells } from '../../components/question/Cells.tsx'
import { chartHeight, chartOf, periodsOf } from '../../components/question/chart.ts'
import type { Result } from '../../components/question/result.ts'

type Props = { id: string; asked: Asked }

export function Answer({ id, asked }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = queryOf(asked)
  const read = useQuery<Result, ApiError>({
    queryKey: [`/datasets/${id}/query`, query],
    queryFn: ({ signal }) => api.post<Result>(`/datasets/${id}/query`, query, signal),
    enabled: asked.metrics.length > 0,
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  if (asked.metrics.length === 0) return <div className="panel"><EmptyState title={t('query.noMetric')} how={t('query.noMetricHow')} /></div>
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  return (
    <div className="stack" aria-busy={read.isFetching} style={{ opacity: read.isPlaceholderData ? 0.6 : 1 }}>
      <Loaded read={read} rows={10}>{(result) => <Shown id={id} result={result} asked={asked} />}</Loaded>
    </div>
  )
}

function Shown({ id, result, asked }: Props & { result: Result }) {
  const { t } = useTranslation()
  const say = useSay()
  const metric = result.definition[0]
  const cells = useMemo(() => result.cells.filter((cell) => cell.metric === metric?.metric), [result, metric])
  const words = useMemo(() => ({ answers: t('number.answersShort'), unknown: t('query.unknown') }), [t])
  const periods = useMemo(() => periodsOf(cells, words.unknown), [cells, words])
  const events = useHappened(id, periods)
  const option = useCallback((colours: Parameters<typeof chartOf>[1], wide: boolean) => chartOf({ cells, words, definition: metric, events }, colours, wide), [cells, words, metric, events])
  const drawn = cells.length > 1 && cells.some(({ estimate }) => estimate !== undefined)
  return (
    <>
      {drawn && metric && (
        <section className="panel">
          <h2>{say(metric.label)}</h2>
          <Chart option={option} height={chartHeight(cells)} label={t('query.chart', { metric: say(metric.label) })} />
          <EventList events={events} />
        </section>
      )}
      <Restated id={id} asked={queryOf(asked)} />
      <Cells id={id} query={queryOf(asked)} result={result} groups={[...asked.by]} />
      <Facts result={result} />
    </>
  )
}

function Facts({ result }: { result: Result }) {
  const { t } = useTranslation()
  const say = useSay()
  const { data, query } = result
  const left = Object.entries(data.excluded).filter(([, n]) => n > 0)
  return (
    <section className="panel stack small query-facts">
      <p>{t('query.used', { used: count(data.used), rows: count(data.rows), level: share(query.level, 0) })}{left.length > 0 && ` ${t('query.left', { rules: left.map(([rule, n]) => `${t(`rule.${rule}`, { defaultValue: rule })} ${count(n)}`).join(t('common.list')) })}`}</p>
      <dl>{result.definition.map((definition) => <div key={definition.metric}><dt>{say(definition.label)}</dt><dd>{say(definition.formula)}{definition.notes.map((note) => <span key={say(note)}> {say(note)}</span>)}</dd></div>)}</dl>
      {result.notes.map((note) => <p key={say(note)} className="soft">{say(note)}</p>)}
      <p className="soft tiny">{t('query.snapshot', { snapshot: data.snapshot })}</p>
    </section>
  )
}
