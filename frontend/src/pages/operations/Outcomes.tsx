import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type ApiError } from '../../api/client.ts'
import { useLanguage, useSay, type Text } from '../../app/language.ts'
import { Loaded } from '../../components/Loaded.tsx'
import { Cells } from '../../components/question/Cells.tsx'
import type { Result } from '../../components/question/result.ts'

type Compare = { against: string; column?: string | null; value?: string | null } | null
type Table = Result & { query: { metrics: string[]; by: string[]; compare: Compare; where: { column: string; operator: string; values: string[] }[] } }
type Found = {
  rating: { name: string; label: Text }
  tables: Table[]
  absent: { metric: string; label: Text; reason: Text }[]
  note: Text
  linked: { id: string; name: string }[]
}

/** What dissatisfied, neutral and satisfied customers did: every number with its interval, each band against the unhappiest. */
export function Outcomes({ id, rating }: { id: string; rating: string | null }) {
  const language = useLanguage()
  const read = useQuery<Found, ApiError>({
    queryKey: [`/datasets/${id}/outcomes`, rating],
    queryFn: ({ signal }) => api.post<Found>(`/datasets/${id}/outcomes`, { rating }, signal),
    staleTime: 300_000,
  })
  if (read.isError) return <Alert type="info" showIcon title={read.error.say(language)} />
  return <Loaded read={read} rows={8}>{(found) => <Shown id={id} found={found} />}</Loaded>
}

function Shown({ id, found }: { id: string; found: Found }) {
  const { t } = useTranslation()
  const say = useSay()
  const names = { [`band:${found.rating.name}`]: t('operations.band', { rating: say(found.rating.label) || found.rating.name }) }
  return (
    <section className="stack" aria-label={t('operations.outcomes')}>
      <div><h2>{t('operations.outcomes')}</h2><p className="soft small">{say(found.note)}</p></div>
      {found.tables.length === 0 && <Alert type="info" showIcon title={t('operations.noOutcome')} />}
      {found.tables.map((table) => <section key={table.query.metrics.join()} className="stack tight"><h3>{say(table.definition[0]?.label)}</h3><Cells id={id} query={queryOf(table)} result={table} groups={table.query.by} names={names} /></section>)}
      <Absent found={found} />
    </section>
  )
}

const queryOf = ({ query: { metrics, by, compare, where } }: Table): object => ({
  metrics, by, where: where.map(({ column, operator, values }) => `${column}${operator}${values.join('|')}`), ...(compare?.column && compare.value ? { compare: `${compare.column}=${compare.value}` } : {}),
})

function Absent({ found }: { found: Found }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <div className="panel small">
      {found.linked.length > 0 && <p>{t('operations.linked')} {found.linked.map(({ id, name }) => <Link key={id} to={`/operations?dataset=${id}`}>{name}</Link>)}</p>}
      {found.absent.length > 0 && (
        <details>
          <summary>{t('operations.absent', { count: found.absent.length })}</summary>
          <dl className="operations-absent">{found.absent.map(({ metric, label, reason }) => <div key={metric}><dt>{say(label)}</dt><dd>{say(reason)}</dd></div>)}</dl>
          <Link to="/models/new">{t('operations.link')}</Link>
        </details>
      )}
    </div>
  )
}
