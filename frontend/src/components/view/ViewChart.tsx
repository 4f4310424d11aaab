import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLook } from '../../app/look.tsx'
import { Chart, type Colours } from '../Chart.tsx'
import { EventLine, EventList, useHappened } from '../events/EventList.tsx'
import { markSeries } from '../events/events.ts'
import { chartOption, hasRoom } from '../option.ts'
import type { ViewAnswer } from './answer.ts'
import { nearestCell } from './nearest.ts'
import { PivotTable } from './PivotTable.tsx'
import { ViewNumbers } from './ViewNumbers.tsx'
import { ViewTable } from './ViewTable.tsx'
import { WordCloud } from './WordCloud.tsx'
import './view.css'

type Props = {
  answer: ViewAnswer
  /** Pixels; without it the height that the kind asks for. */
  height?: number
  /** A mark was clicked: the place of its number in `answer.result.cells`. */
  onMark?: (cell: number) => void
  /** Something was clicked that is drawn, and is no number of its own. */
  onNoMark?: (() => void) | undefined
  onReady?: (chart: EChartsType) => void
  /** A word of a cloud was chosen. */
  onWord?: ((word: string) => void) | undefined
  /** Places of the numbers that are chosen: the others are drawn faintly. */
  chosen?: readonly number[] | undefined
  /** Say below what the numbered marks of events mean. */
  told?: boolean
  /** In a tile: tables as narrow as they go. */
  brief?: boolean
}

/** The figure of a view's answer, whatever its kind: on the page that explores, and on a tile of a board. */
export function ViewChart({ answer, height, onMark, onNoMark, onReady, onWord, chosen, told = false, brief = false }: Props) {
  if (answer.words) return <WordCloud words={answer.words} label={answer.title} onWord={onWord} />
  if (answer.option) return <Drawn answer={answer} height={height ?? answer.height} onMark={onMark} onNoMark={onNoMark} onReady={onReady} chosen={chosen} told={told} />
  if (answer.table) return <PivotTable answer={answer} table={answer.table} onMark={onMark} />
  if (answer.chart === 'bar' && !answer.result.cells.some(({ estimate }) => estimate !== null && estimate !== undefined)) return null
  return answer.chart === 'number' ? <ViewNumbers answer={answer} onMark={onMark} /> : <ViewTable answer={answer} onMark={onMark} brief={brief} />
}

type ZrEvent = { target?: unknown; offsetX: number; offsetY: number }
type DrawnProps = { answer: ViewAnswer; height: number; onMark?: Props['onMark']; onNoMark: Props['onNoMark']; onReady?: Props['onReady']; chosen: Props['chosen']; told: boolean }

const OVER_TIME: ReadonlySet<string> = new Set(['line', 'control', 'multiples'])
const NONE: string[] = []

/** The periods along the axis of a figure over time. */
const periodsOf = ({ chart, option }: ViewAnswer): string[] => {
  if (!OVER_TIME.has(chart)) return NONE
  const axis = option?.xAxis as TimeAxis | TimeAxis[] | undefined
  return (Array.isArray(axis) ? axis[0] : axis)?.data ?? NONE
}
type TimeAxis = { data?: string[] }

/** How many charts over time stand in a figure: small multiples are several. */
const chartsIn = ({ option }: ViewAnswer): number => (Array.isArray(option?.xAxis) ? option.xAxis.length : 1)

const FAINT = 0.3

/** Marks that are not among the chosen ones, drawn faintly; all as they are where none is. */
function brightened(option: EChartsCoreOption, chosen: string): EChartsCoreOption {
  if (!chosen || !Array.isArray(option.series)) return option
  const places = new Set(chosen.split(',').map(Number))
  const faint = (datum: Datum): Datum => (datum && typeof datum === 'object' && datum.cell !== undefined && !places.has(datum.cell) ? { ...datum, itemStyle: { ...datum.itemStyle, opacity: FAINT } } : datum)
  return { ...option, series: (option.series as { data?: Datum[] }[]).map((one) => (Array.isArray(one.data) ? { ...one, data: one.data.map(faint) } : one)) }
}
type Datum = { cell?: number; itemStyle?: object } | null

/** What the numbered marks of a figure over time mean, as a list or in a line; nothing for any other figure. */
export function MarkedEvents({ answer, brief = false }: { answer: ViewAnswer; brief?: boolean }) {
  const periods = periodsOf(answer)
  const events = useHappened(periods.length > 0 ? answer.view.dataset : null, periods)
  return brief ? <EventLine events={events} /> : <EventList events={events} />
}

function Drawn({ answer, height, onMark, onNoMark, onReady, chosen, told }: DrawnProps) {
  const { t } = useTranslation()
  const { look } = useLook()
  const now = useRef({ answer, onMark, onNoMark })
  useEffect(() => { now.current = { answer, onMark, onNoMark } }, [answer, onMark, onNoMark])
  const periods = periodsOf(answer)
  const events = useHappened(periods.length > 0 ? answer.view.dataset : null, periods)
  const bright = chosen?.join() ?? ''
  const option = useCallback(
    (colours: Colours, broad: boolean, width: number) => {
      const wide = broad && hasRoom(answer.option ?? {}, width)
      const drawn = brightened(chartOption(answer.option ?? {}, look === 'dark' ? answer.dark : null, wide), bright)
      const marks = markSeries(periodsOf(answer), events, { wide, charts: chartsIn(answer) }, colours)
      return marks.length > 0 ? { ...drawn, series: [...(drawn.series as object[]), ...marks] } : drawn
    },
    [answer, look, events, bright],
  )
  const ready = useCallback((chart: EChartsType) => {
    const mark = (cell: number) => {
      chart.dispatchAction({ type: 'hideTip' }) // the card of the mark says the same
      now.current.onMark?.(cell)
    }
    const near = ({ offsetX, offsetY }: Pick<ZrEvent, 'offsetX' | 'offsetY'>) =>
      now.current.onMark && nearestCell(now.current.answer.option ?? {}, [offsetX, offsetY], (seriesIndex, place) => chart.convertToPixel({ seriesIndex }, place as number[]))
    let drawn: { cell: number | undefined } | null = null
    chart.on('click', ({ componentType, data }) => { if (componentType === 'series') drawn = { cell: (data as { cell?: number } | undefined)?.cell } })
    const clicked = (at: { offsetX: number; offsetY: number }) => {
      const struck = drawn
      drawn = null
      const cell = struck?.cell ?? near(at)
      if (cell !== undefined) mark(cell)
      else if (struck) now.current.onNoMark?.()
    }
    // Once both have been told of the same click: which is told first is not said.
    chart.getZr().on('click', ({ offsetX, offsetY }: ZrEvent) => { queueMicrotask(() => clicked({ offsetX, offsetY })) })
    chart.getZr().on('mousemove', (event: ZrEvent) => { if (!event.target) chart.getZr().setCursorStyle(near(event) === undefined ? 'default' : 'pointer') })
    onReady?.(chart)
  }, [onReady])
  const label = `${answer.title} ${answer.caption || t('view.noCaption')}`
  return <><Chart option={option} height={height} label={label} onReady={ready} />{told && <EventList events={events} />}</>
}
