import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import { Beside, CallChip } from '../../components/CallChip.tsx'
import type { Cell } from '../../components/cells.ts'
import { Chart } from '../../components/Chart.tsx'
import { count } from '../../components/format.ts'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'
import { EventList, useHappened } from '../../components/events/EventList.tsx'
import { markSeries } from '../../components/events/events.ts'
import { Cells } from '../../components/question/Cells.tsx'
import { chartHeight, chartOf, periodsAlong } from '../../components/question/chart.ts'
import { queryWords } from './address.ts'
import type { Result } from './result.ts'

/** One number large, or several as a chart of each metric and a table. */
export function Numbers({ id, result }: { id: string; result: Result }) {
  if (result.cells.length <= result.definition.length && !result.cells.some(({ comparison }) => comparison && result.cells.length > 1)) return <Large result={result} />
  return (
    <>
      {result.definition.map(({ metric }) => <Drawn key={metric} id={id} result={result} metric={metric} cells={result.cells.filter((cell) => cell.metric === metric)} />)}
      <Table id={id} result={result} />
    </>
  )
}

const FEW_ROWS = 12
/** Pixels above a chart for the numbers of its events. */
const MARKED = 40

/** The numbers themselves; many of them are opened on demand. */
function Table({ id, result }: { id: string; result: Result }) {
  const { t } = useTranslation()
  const table = <Cells id={id} query={queryWords(result.query)} result={result} groups={result.query.by} />
  if (result.cells.length <= FEW_ROWS) return table
  return <details className="ask-grounds"><summary>{t('ask.table', { n: result.cells.length })}</summary>{table}</details>
}

function Large({ result }: { result: Result }) {
  const say = useSay()
  const higher = new Map(result.definition.map(({ metric, higher_is_better }) => [metric, higher_is_better]))
  return (
    <div className="ask-large">
      {result.cells.map((cell) => (
        <div key={cell.metric}>
          <div className="small soft">{say(cell.label)}</div>
          <NumberWithInterval cell={cell} size="big" />
          <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} higherIsBetter={higher.get(cell.metric) ?? true} />
          <Beside comparison={cell.comparison} unit={cell.unit} by={cell.by} />
        </div>
      ))}
    </div>
  )
}

/** The cells of one metric as a chart, events marked where it runs over time; `ordered`: in the order they come. */
export function Drawn({ id = null, result, metric, cells, ordered = false }: { id?: string | null; result: Result; metric: string; cells: Cell[]; ordered?: boolean }) {
  const { t } = useTranslation()
  const say = useSay()
  const definition = result.definition.find((one) => one.metric === metric)
  const words = useMemo(() => ({ n: ({ n, counted = 'answers' }: Cell) => t(`n.${counted}`, { n: count(n) }), unknown: t('query.unknown') }), [t])
  const periods = useMemo(() => periodsAlong(cells), [cells])
  const events = useHappened(periods.length > 1 ? id : null, periods)
  const option = useCallback((colours: Parameters<typeof chartOf>[1], wide: boolean) => {
    const drawn = chartOf({ cells, words, definition, ordered }, colours, wide)
    const marks = markSeries(periods, events, { wide, charts: 1 }, colours)
    return marks.length > 0 ? { ...drawn, grid: { ...(drawn.grid as object), top: MARKED }, series: [...(drawn.series as object[]), ...marks] } : drawn
  }, [cells, words, definition, ordered, periods, events])
  if (!definition || cells.length < 2 || !cells.some(({ estimate }) => estimate !== undefined)) return null
  return (
    <figure className="ask-figure">
      {result.definition.length > 1 && <figcaption>{say(definition.label)}</figcaption>}
      <Chart option={option} height={chartHeight(cells)} label={t('query.chart', { metric: say(definition.label) })} />
      <EventList events={events} />
    </figure>
  )
}
