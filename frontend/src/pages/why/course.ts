import dayjs from 'dayjs'
import type { EChartsCoreOption } from 'echarts/core'
import type { Cell } from '../../components/cells.ts'
import type { Colours } from '../../components/Chart.tsx'
import { ends, number, ownInterval } from '../../components/format.ts'
import type { Event, Why } from '../../api/why.ts'

type Mark = { since: string; first: number; last: number }
/** So many labels stand beside each other on a phone. */
const LABELS = 16

/** Events in the order of the list; neighbours whose labels would cover each other share one. */
export function marked(events: readonly Pick<Event, 'since'>[], { before, after }: Pick<Why, 'before' | 'after'>): Mark[] {
  const room = Math.max(1, dayjs(after.until).diff(dayjs(before.since ?? after.since), 'day') / LABELS)
  const marks: Mark[] = []
  events.forEach(({ since }, at) => {
    const near = marks.at(-1)
    if (near && Math.abs(dayjs(since).diff(near.since, 'day')) < room) near.last = at + 1
    else marks.push({ since, first: at + 1, last: at + 1 })
  })
  return marks
}

/** A line over time with its interval, the two periods shaded, events as lines with their numbers in the list below. */
export function course(cells: Cell[], events: Event[], why: Why, colours: Colours): EChartsCoreOption {
  const shown = cells.filter(({ by, estimate }) => by.period != null && estimate !== undefined)
  const point = (cell: Cell) => ({ value: [cell.by.period, cell.estimate], cell })
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.ink },
    tooltip: {
      trigger: 'item', confine: true, backgroundColor: colours.paper, borderColor: colours.rule, textStyle: { color: colours.ink, fontSize: 12 },
      formatter: ({ data }: { data?: { cell?: Cell } }) => (data?.cell ? `${data.cell.by.period ?? ''}<br>${number(data.cell.estimate, why.unit)} ${ownInterval({ ...data.cell, unit: why.unit })}` : ''),
    },
    grid: { left: 8, right: 24, top: 28, bottom: 8, containLabel: true },
    xAxis: { type: 'time', axisLabel: { color: colours.soft, hideOverlap: true }, axisLine: { lineStyle: { color: colours.rule } }, max: why.after.until ?? undefined },
    yAxis: { type: 'value', scale: true, axisLabel: { color: colours.soft, formatter: (value: number) => number(value, why.unit) }, splitLine: { lineStyle: { color: colours.rule } } },
    series: [
      ...shown.flatMap(({ by, low, high }) => {
        const reach = ends({ low, high, unit: why.unit })
        return reach ? [{ type: 'line', silent: true, symbol: 'none', lineStyle: { color: colours.accent, width: 2, opacity: 0.35 }, data: reach.map((end) => [by.period, end]) }] : []
      }),
      {
        type: 'line', symbol: 'circle', symbolSize: 7, lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent }, data: shown.map(point),
        markLine: {
          symbol: 'none', silent: true, animation: false,
          data: [
            ...(why.after.since ? [{ xAxis: why.after.since, lineStyle: { color: colours.soft, type: 'solid', width: 1 }, label: { show: false } }] : []),
            ...marked(events, why).map(({ since, first, last }) => ({ xAxis: since, lineStyle: { color: colours.bad, type: 'dashed', width: 1 }, label: { formatter: first === last ? String(first) : `${String(first)}–${String(last)}`, color: colours.ink, fontSize: 12 } })),
          ],
        },
      },
    ],
  }
}
