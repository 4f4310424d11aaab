import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type ApiError } from '../../api/client.ts'
import { useRead } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import type { Cell } from '../../components/cells.ts'
import { Chart, type Colours } from '../../components/Chart.tsx'
import { grainOf, type Asked } from './asked.ts'
import { course } from './course.ts'
import type { Event, Why } from '../../api/why.ts'

const HEIGHT = 260
const RATED: ReadonlySet<string> = new Set(['nps', 'score', 'satisfied', 'dissatisfied', 'ces', 'easy', 'intent'])

/** The course of the number through both periods, with what happened meanwhile. */
export function Course({ id, asked, why }: { id: string; asked: Asked; why: Why }) {
  const { t } = useTranslation()
  const say = useSay()
  const { since } = why.before
  const until = why.after.until
  const read = useQuery<{ cells: Cell[] }, ApiError>({
    queryKey: [`/datasets/${id}/query`, 'course', asked.metric, since, until],
    queryFn: ({ signal }) => api.post(`/datasets/${id}/query`, { metrics: [asked.metric], since, until, grain: grainOf(since ?? '', until ?? '') }, signal),
    enabled: since !== null && until !== null, staleTime: 300_000,
  })
  const rating = RATED.has(asked.metric.split(':')[0] ?? '') ? why.definition.column ?? undefined : undefined
  const events = useRead<{ items: Event[] }>(`/datasets/${id}/calendar`, { since: since ?? undefined, until: until ?? undefined, rating }, { enabled: since !== null && until !== null })
  const happened = events.data?.items
  const cells = read.data?.cells
  const option = useCallback((colours: Colours) => course(cells ?? [], happened ?? [], why, colours), [cells, happened, why])
  if (!cells) return null
  return (
    <section className="panel stack">
      <div className="row far"><h2>{t('why.course')}</h2><Link to="/calendar" className="small">{t('calendar.open')}</Link></div>
      {cells.some(({ estimate }) => estimate !== undefined) && <Chart option={option} height={HEIGHT} label={t('why.courseChart')} />}
      {happened?.length === 0 && <p className="soft small">{t('why.noEvents')}</p>}
      <ol className="why-events">
        {happened?.map((event) => (
          <li key={event.id}><span className="tag">{say(event.kind_words)}</span> <strong>{event.title}</strong> <span className="soft">{event.since === event.until ? event.since : `${event.since} – ${event.until}`}</span>{Object.entries(event.where).map(([column, value]) => <span key={column} className="soft"> · {column}＝{value}</span>)}<div className="small">{say(event.coincidence.sentence)}</div></li>
        ))}
      </ol>
    </section>
  )
}
