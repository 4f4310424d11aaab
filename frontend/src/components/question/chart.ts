import type { EChartsCoreOption } from 'echarts/core'
import type { Cell, Definition } from '../cells.ts'
import type { Colours } from '../Chart.tsx'
import { ends, number, ownInterval, type Unit } from '../format.ts'
import { whiskers } from '../whisker.ts'

type Words = { n: (cell: Cell) => string; unknown: string }
type Given = { cells: Cell[]; words: Words; definition: Definition | undefined; ordered?: boolean }
type Line = { name: string; cells: Map<string, Cell> }

const ROW = 36
const MOST_ROWS = 30
/** So many numbers stand beside each other below a chart. */
const TICKS = { wide: 5, narrow: 3 }

const periodsOf = (cells: Cell[], unknown: string): string[] => [...new Set(cells.map(({ by }) => by.period ?? unknown))].sort()

/** The first days of the periods along the axis of a chart over time; none where it is none. */
export const periodsAlong = (cells: Cell[]): string[] => (timed(cells) ? periodsOf(cells, '') : [])

const timed = (cells: Cell[]): boolean => cells.some(({ by }) => 'period' in by)
const groupName = ({ by }: Cell, unknown: string): string =>
  Object.entries(by).filter(([key]) => key !== 'period').map(([, value]) => value ?? unknown).join(' · ')

export const chartHeight = (cells: Cell[]): number => (timed(cells) ? 320 : Math.min(cells.length, MOST_ROWS) * ROW + 56)

/** Over time: a line with its interval as a band. Else: one row a group, a point with its interval as a whisker. */
export function chartOf(given: Given, colours: Colours, wide: boolean): EChartsCoreOption {
  return timed(given.cells) ? overTime(given, colours, wide) : rows(given, colours, wide)
}

function tip(cell: Cell, words: Words): HTMLElement {
  const box = document.createElement('div')
  const name = [groupName(cell, words.unknown), cell.by.period].filter(Boolean).join(' · ')
  for (const line of [name, `${number(cell.estimate, cell.unit)}  ${ownInterval(cell)}`, words.n(cell)]) {
    const row = document.createElement('div')
    row.textContent = line
    box.append(row)
  }
  return box
}

function base(colours: Colours, words: Words): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.ink },
    tooltip: {
      trigger: 'item', confine: true, backgroundColor: colours.paper, borderWidth: 1, borderColor: colours.rule, textStyle: { color: colours.ink, fontSize: 12 },
      formatter: (point: { data?: { cell?: Cell } }) => (point.data?.cell ? tip(point.data.cell, words) : ''),
    },
  }
}

const axis = (colours: Colours, unit: Unit) => ({
  type: 'value', scale: true, splitLine: { lineStyle: { color: colours.rule } },
  axisLabel: { color: colours.soft, hideOverlap: true, formatter: (value: number) => number(value, unit).replace(/\.0+(?=[% ]|$)/, '') },
})

function rows({ cells, words, ordered = false }: Given, colours: Colours, wide: boolean): EChartsCoreOption {
  const shown = (ordered ? cells : sorted(cells, words)).slice(0, MOST_ROWS)
  const unit = shown[0]?.unit ?? 'points'
  const point = (cell: Cell, at: number) => ({ value: [cell.estimate ?? '-', at], cell, label: { show: true, position: 'top', distance: 4, formatter: number(cell.estimate, unit), color: colours.ink, fontSize: 12 } })
  const reach = shown.flatMap((cell, at) => {
    const found = ends(cell)
    return found ? [{ x: found[0], y: at, to: found[1], upright: false, colour: colours.accent }] : []
  })
  return {
    ...base(colours, words),
    grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
    xAxis: { ...axis(colours, unit), splitNumber: wide ? TICKS.wide : TICKS.narrow },
    yAxis: {
      type: 'category', inverse: true, data: shown.map((cell) => groupName(cell, words.unknown)), axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { color: colours.ink, width: wide ? 240 : 112, overflow: 'truncate' },
    },
    series: [whiskers(reach), { type: 'scatter', symbolSize: 9, itemStyle: { color: colours.accent }, data: shown.map(point) }],
  }
}

const sorted = (cells: Cell[], words: Words): Cell[] =>
  [...cells].sort((a, b) => groupName(a, words.unknown).localeCompare(groupName(b, words.unknown), 'zh', { numeric: true }))

function lines(cells: Cell[], words: Words): Line[] {
  const found = new Map<string, Line>()
  for (const cell of cells) {
    const name = groupName(cell, words.unknown)
    const line = found.get(name) ?? { name, cells: new Map() }
    line.cells.set(cell.by.period ?? words.unknown, cell)
    found.set(name, line)
  }
  return [...found.values()]
}

const MOST_BANDS = 3
/** Pixels of a line's name. */
const NAME_ROOM = { wide: 104, narrow: 64 }

const SHADES = (colours: Colours) => [colours.accent, colours.good, colours.bad, '#B07A00', '#8A5CD0', colours.unsure]

function overTime({ cells, words }: Given, colours: Colours, wide: boolean): EChartsCoreOption {
  const unit = cells[0]?.unit ?? 'points'
  const periods = periodsOf(cells, words.unknown)
  const shown = lines(cells, words).slice(0, 6)
  const shades = SHADES(colours)
  return {
    ...base(colours, words),
    grid: { left: 8, right: shown.length > 1 ? NAME_ROOM[wide ? 'wide' : 'narrow'] + 8 : 24, top: 24, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: periods, boundaryGap: false, axisLabel: { color: colours.soft, hideOverlap: true, formatter: shortPeriod(periods) }, axisLine: { lineStyle: { color: colours.rule } }, axisTick: { show: false } },
    yAxis: axis(colours, unit),
    series: shown.flatMap((line, at) => {
      const colour = shades[at % shades.length] ?? colours.accent
      return [...(shown.length <= MOST_BANDS ? [band(line, periods, colour)] : []), curve(line, periods, colour, shown.length > 1 ? NAME_ROOM[wide ? 'wide' : 'narrow'] : null)]
    }),
  }
}

/** The last point of a line carries its name, at the right of all: labels that hang on a point are not kept off each other, those at a place of their own are. */
function curve(line: Line, periods: string[], colour: string, nameRoom: number | null) {
  const last = periods.findLast((period) => line.cells.get(period)?.estimate != null)
  return {
    type: 'line', name: line.name, symbolSize: 7, symbol: 'circle', connectNulls: false, lineStyle: { color: colour, width: 2 }, itemStyle: { color: colour },
    label: { show: false, position: 'right', formatter: line.name, color: colour, width: nameRoom ?? 0, overflow: 'truncate', lineHeight: 14 },
    ...(nameRoom === null ? {} : { labelLayout: { x: '100%', dx: -nameRoom, moveOverlap: 'shiftY' } }),
    data: periods.map((period) => ({ value: line.cells.get(period)?.estimate ?? null, cell: line.cells.get(period), label: { show: nameRoom !== null && period === last } })),
  }
}

/** The interval as a band: a polygon along the upper and back along the lower ends; the ends count for the axis. */
function band(line: Line, periods: string[], colour: string) {
  const places = periods.flatMap((period, at) => {
    const cell = line.cells.get(period)
    const found = cell && ends(cell)
    return found ? [[at, ...found] as const] : []
  })
  return {
    type: 'custom', silent: true, z: 1, clip: true, encode: { x: 0, y: [1, 2] }, data: places,
    renderItem: ({ dataIndex }: { dataIndex: number }, api: { coord: (point: [number, number]) => [number, number] }) =>
      dataIndex > 0 ? undefined : {
        type: 'polygon',
        shape: { points: [...places.map(([at, , high]) => api.coord([at, high])), ...[...places].reverse().map(([at, low]) => api.coord([at, low]))] },
        style: { fill: colour, opacity: 0.13 },
      },
  }
}

/** Whole months without their day. */
const shortPeriod = (periods: string[]) => {
  const monthly = periods.every((period) => /-01$/.test(period) || !/^\d/.test(period))
  return (period: string) => (monthly ? period.replace(/-01$/, '') : period)
}
