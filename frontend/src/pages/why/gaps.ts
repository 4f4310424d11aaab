import type { EChartsCoreOption } from 'echarts/core'
import type { TFunction } from 'i18next'
import type { Aspect, Why } from '../../api/why.ts'
import type { Colours } from '../../components/Chart.tsx'
import { difference, interval } from '../../components/format.ts'

type Named = Aspect & { words: string }
type Api = { coord: (point: [number, number]) => [number, number] }
const ROW = 30
const FRAME = 44
const DOT = 5

export const gapChartHeight = (n: number): number => FRAME + ROW * n

/** A dot an aspect with its interval, on one line of no gap: left of it we are behind, where high is good. */
export function gapChart(aspects: Named[], why: Why, t: TFunction, colours: Colours, wide: boolean): EChartsCoreOption {
  const shown = aspects.filter(({ unit, comparison }) => unit === why.unit && comparison?.difference != null)
  const points = t('unit.sharePoints')
  const ends = shown.map(({ comparison }, at) => [at, Math.min(0, comparison?.low ?? comparison?.difference ?? 0), Math.max(0, comparison?.high ?? comparison?.difference ?? 0)])
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.ink },
    grid: { left: 8, right: wide ? 72 : 56, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: 'value', axisLabel: { color: colours.soft, hideOverlap: true, formatter: (value: number) => difference(value, why.unit, points) }, splitLine: { lineStyle: { color: colours.rule } } },
    yAxis: { type: 'category', inverse: true, data: shown.map(({ words }) => words), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.ink, width: wide ? 200 : 96, overflow: 'truncate' } },
    tooltip: {
      trigger: 'item', confine: true, backgroundColor: colours.paper, borderColor: colours.rule, textStyle: { color: colours.ink, fontSize: 12 },
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const one = shown[dataIndex]?.comparison
        return one ? `${difference(one.difference, why.unit, points)} ${interval(one.low, one.high, why.unit)}` : ''
      },
    },
    series: [{
      type: 'custom', encode: { x: [1, 2], y: 0 }, data: ends,
      renderItem: ({ dataIndex }: { dataIndex: number }, api: Api) => drawn(shown[dataIndex], dataIndex, api, why, points, colours),
    }],
  }
}

function drawn(aspect: Named | undefined, at: number, api: Api, why: Why, points: string, colours: Colours) {
  const compared = aspect?.comparison
  if (!compared || compared.difference === null) return undefined
  const { difference: gap, low, high, call } = compared
  const [x, y] = api.coord([gap, at])
  const [zero] = api.coord([0, at])
  const colour = call !== 'real' ? colours.unsure : gap > 0 === why.definition.higher_is_better ? colours.good : colours.bad
  const [left, right] = [low, high].map((end) => api.coord([end ?? gap, at])[0]) as [number, number]
  return {
    type: 'group',
    children: [
      { type: 'line', shape: { x1: zero, y1: y - ROW / 2, x2: zero, y2: y + ROW / 2 }, style: { stroke: colours.soft, lineWidth: 1 } },
      { type: 'line', shape: { x1: left, y1: y, x2: right, y2: y }, style: { stroke: colour, lineWidth: 3 } },
      { type: 'circle', shape: { cx: x, cy: y, r: DOT }, style: { fill: colour, stroke: colours.paper, lineWidth: 1 } },
      { type: 'text', style: { text: difference(gap, why.unit, points), x: right + 8, y, verticalAlign: 'middle', fill: colours.ink, fontSize: 12 } },
    ],
  }
}
