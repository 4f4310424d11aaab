import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type ApiError } from '../../api/client.ts'
import type { Codebook } from '../../api/data.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import { Formula } from '../../components/Formula.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'
import { CellFacts } from '../../components/question/Cells.tsx'
import type { Result } from '../../components/question/result.ts'

/** The table of stages shows these; made metrics are no records. */
const ELSEWHERE = /^(stage_|waiting_|calc:)/

/** What the dataset's own records say: response and resolution, on time, repurchase… each with its interval. */
export function Figures({ id, operations }: { id: string } & Pick<Codebook, 'operations'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const metrics = operations.map((one) => one.id).filter((metric) => !ELSEWHERE.test(metric))
  const read = useQuery<Result, ApiError>({
    queryKey: [`/datasets/${id}/query`, metrics],
    queryFn: ({ signal }) => api.post<Result>(`/datasets/${id}/query`, { metrics }, signal),
    enabled: metrics.length > 0,
    staleTime: 300_000,
  })
  if (metrics.length === 0) return null
  return (
    <section className="panel stack" aria-label={t('operations.figures')}>
      <h2>{t('operations.figures')}</h2>
      {read.isError ? <Alert type="info" showIcon title={read.error.say(language)} /> : <Loaded read={read} rows={4}>{(result) => <Numbers id={id} result={result} />}</Loaded>}
    </section>
  )
}

/** One number a metric; its name leads to its course by month. */
function Numbers({ id, result }: { id: string; result: Result }) {
  const say = useSay()
  const meaning = new Map(result.definition.map((one) => [one.metric, one]))
  return (
    <div className="operations-figures">
      {result.cells.map((cell) => (
        <div key={cell.metric}>
          <Link className="small" to={`/explore?${new URLSearchParams({ dataset: id, metric: cell.metric, grain: 'month' }).toString()}`}>{say(cell.label)}</Link>
          <NumberWithInterval cell={cell} size="big" facts={<CellFacts cell={cell} definition={meaning.get(cell.metric)} />} />
          {meaning.has(cell.metric) && <Formula words={meaning.get(cell.metric)?.formula ?? {}} />}
        </div>
      ))}
    </div>
  )
}
