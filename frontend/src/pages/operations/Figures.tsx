import { useQueries, type UseQueryOptions } from '@tanstack/react-query'
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

/** The table of stages shows these; made metrics and aspects are no records. */
const ELSEWHERE = /^(stage_|waiting_|calc:|score:)/

/** What the dataset's own records say: response and resolution, on time, repurchase… each with its interval; one that cannot be told takes none of the others with it. */
export function Figures({ id, operations }: { id: string } & Pick<Codebook, 'operations'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const metrics = operations.map((one) => one.id).filter((metric) => !ELSEWHERE.test(metric))
  const read = useQueries({
    queries: metrics.map((metric): UseQueryOptions<Result, ApiError> => ({
      queryKey: [`/datasets/${id}/query`, [metric]],
      queryFn: ({ signal }) => api.post<Result>(`/datasets/${id}/query`, { metrics: [metric] }, signal),
      staleTime: 300_000,
    })),
  })
  if (metrics.length === 0) return null
  const untold = new Set(read.flatMap(({ error }) => (error ? [error.say(language)] : [])))
  return (
    <section className="panel stack" aria-label={t('operations.figures')}>
      <h2>{t('operations.figures')}</h2>
      <div className="operations-figures">
        {read.map((one, at) => !one.isError && <div key={metrics[at]}><Loaded read={one} rows={2}>{(result) => <One id={id} result={result} />}</Loaded></div>)}
      </div>
      {[...untold].map((why) => <Alert key={why} type="info" showIcon title={why} />)}
    </section>
  )
}

/** The number of a metric; its name leads to its course by month. */
function One({ id, result }: { id: string; result: Result }) {
  const say = useSay()
  const [cell] = result.cells
  const [meaning] = result.definition
  if (!cell) return null
  return (
    <>
      <Link className="small" to={`/explore?${new URLSearchParams({ dataset: id, metric: cell.metric, grain: 'month' }).toString()}`}>{say(cell.label)}</Link>
      <NumberWithInterval cell={cell} size="big" facts={<CellFacts cell={cell} definition={meaning} />} />
      {meaning && <Formula words={meaning.formula} />}
    </>
  )
}
