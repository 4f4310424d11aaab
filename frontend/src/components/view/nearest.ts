/** The mark that is meant by a click beside it: a dot is small, a finger is not. */
import type { EChartsCoreOption } from 'echarts/core'

type Datum = { cell?: number; value?: unknown } | null
type Series = { type?: string; data?: unknown; xAxisIndex?: number; yAxisIndex?: number }
type Axis = { type?: string }
type Place = readonly [number, number]
type ToPixel = (series: number, coordinate: [unknown, unknown]) => number[] | undefined

const REACH = 22
/** Half the height of a row: wherever it is clicked, its mark is meant. */
const HALF_ROW = 14
const POINTS: ReadonlySet<string> = new Set(['scatter', 'bar', 'line'])

const axisOf = (axes: unknown, at: number): Axis | undefined => (Array.isArray(axes) ? (axes as Axis[])[at] : at === 0 ? (axes as Axis | undefined) : undefined)

/** The place of its number in the answer's cells; nothing where no mark is near. */
export function nearestCell(option: EChartsCoreOption, at: Place, toPixel: ToPixel): number | undefined {
  let [found, least]: [number | undefined, number] = [undefined, Infinity]
  const all = Array.isArray(option.series) ? (option.series as Series[]) : []
  all.forEach((series, place) => {
    if (!POINTS.has(series.type ?? '') || !Array.isArray(series.data)) return
    const rows = axisOf(option.yAxis, series.yAxisIndex ?? 0)?.type === 'category' && axisOf(option.xAxis, series.xAxisIndex ?? 0)?.type !== 'category'
    ;(series.data as Datum[]).forEach((datum, index) => {
      if (datum?.cell === undefined) return
      const { value } = datum
      const coordinate: [unknown, unknown] = Array.isArray(value) ? [value[0], value[1]] : rows ? [value, index] : [index, value]
      const pixel = toPixel(place, coordinate)
      if (!pixel) return
      const [x, y] = [(pixel[0] ?? NaN) - at[0], (pixel[1] ?? NaN) - at[1]]
      const away = rows ? Math.abs(y) : Math.hypot(x, y)
      if (away <= (rows ? HALF_ROW : REACH) && away < least) [found, least] = [datum.cell, away]
    })
  })
  return found
}
