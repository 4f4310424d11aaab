import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import { spanOfPeriods, type Happened } from './events.ts'
import './events.css'

const LISTED = 12
const NONE: Happened[] = []

/** The events of a dataset in the time of a chart, oldest first. */
export function useHappened(id: string | null, periods: readonly string[]): Happened[] {
  const span = spanOfPeriods(periods)
  const read = useRead<Listed<Happened>>(`/datasets/${id ?? ''}/events`, span ?? undefined, { enabled: id !== null && span !== null, fresh: 60_000 })
  return read.data?.items ?? NONE
}

export const dayWords = ({ since, until }: { since: string; until: string }): string => (since === until ? since : `${since} – ${until}`)

/** The same in one line below a small chart; the whole list is with its numbers. */
export function EventLine({ events }: { events: readonly Happened[] }) {
  const { t } = useTranslation()
  if (events.length === 0) return null
  const each = events.slice(0, LISTED).map(({ title, since }, index) => t('calendar.marked', { n: index + 1, title, day: since }))
  const list = each.join(t('common.list'))
  return <p className="happened-line tiny soft" title={list}>{t('calendar.line', { list })}</p>
}

/** What the numbers in the chart above mean. */
export function EventList({ events }: { events: readonly Happened[] }) {
  const { t } = useTranslation()
  const say = useSay()
  if (events.length === 0) return null
  const more = events.length - LISTED
  return (
    <div className="happened">
      <ol aria-label={t('calendar.marks')}>
        {events.slice(0, LISTED).map((event) => (
          <li key={event.id}><span className="tag">{say(event.kind_words)}</span> {event.title} <span className="soft">{dayWords(event)}</span>{Object.entries(event.where).map(([column, value]) => <span key={column} className="soft"> · {column}＝{value}</span>)}</li>
        ))}
      </ol>
      <Link to="/calendar" className="small">{more > 0 ? t('calendar.moreEvents', { n: more }) : t('calendar.open')}</Link>
    </div>
  )
}
