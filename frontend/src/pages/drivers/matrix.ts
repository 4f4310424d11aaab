import type { EChartsCoreOption } from 'echarts/core'
import type { TFunction } from 'i18next'
import type { Language } from '../../app/kept.ts'
import { sayIn } from '../../app/language.ts'
import type { Colours } from '../../components/Chart.tsx'
import { ends, interval, number, ownInterval, share } from '../../components/format.ts'
import { whiskers, type Whisker } from '../../components/whisker.ts'
import type { Driver, DriverResult, Quadrant } from '../../api/drivers.ts'

type Placed = Driver & { performance: number; share: number }

export const isPlaced = (driver: Driver): driver is Placed => driver.performance !== null && driver.share !== null

const colourOf = (quadrant: Quadrant | null, colours: Colours): string =>
  quadrant === 'fix_first' ? colours.bad : quadrant === 'keep_up' ? colours.good : quadrant === 'uncertain' ? colours.unsure : colours.accent

/** Importance against performance, both with intervals; the upper left corner is where to begin. */
export function matrix(result: DriverResult, language: Language, t: TFunction, colours: Colours, wide: boolean): EChartsCoreOption {
  const placed = result.drivers.filter(isPlaced)
  const axis = { type: 'value', scale: true, nameTextStyle: { color: colours.soft }, splitLine: { show: false }, axisLine: { lineStyle: { color: colours.rule } } }
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.ink },
    tooltip: {
      trigger: 'item', confine: true, backgroundColor: colours.paper, borderColor: colours.rule, textStyle: { color: colours.ink, fontSize: 12 },
      formatter: (point: { data?: { driver?: Placed } }) => (point.data?.driver ? tip(point.data.driver, language, t) : ''),
    },
    graphic: corners(t, colours),
    grid: { left: 8, right: wide ? 72 : 24, top: 40, bottom: 32, containLabel: true },
    xAxis: { ...axis, name: t('drivers.performance'), nameLocation: 'middle', nameGap: 30, axisLabel: { color: colours.soft } },
    yAxis: { ...axis, name: t('drivers.importance'), nameTextStyle: { color: colours.soft, align: 'left' }, axisLabel: { color: colours.soft, formatter: (value: number) => share(value, 0) }, min: 0 },
    series: [
      whiskers(placed.flatMap((driver) => reach(driver, colours))),
      { type: 'scatter', z: 3, data: placed.map((driver) => dot(driver, language, colours, !wide && atTheRight(placed, driver))), labelLayout: ({ dataIndex }: { dataIndex: number }) => ({ hideOverlap: true, dy: below(placed, dataIndex) ? LIFT : -LIFT }) },
      { type: 'scatter', silent: true, data: [], markLine: cuts(result, colours) },
    ],
  }
}

/** On a phone a name at the right edge would be cut: it stands to the left of its dot. */
const atTheRight = (placed: Placed[], { performance }: Placed): boolean => {
  const all = placed.map((one) => one.performance)
  return performance > Math.max(...all) - spread(all) * AT_THE_RIGHT
}

const dot = (driver: Placed, language: Language, colours: Colours, leftwards: boolean) => ({
  value: [driver.performance, driver.share], driver, symbolSize: 11, itemStyle: { color: colourOf(driver.quadrant, colours) },
  label: { show: true, position: leftwards ? 'left' : 'right', distance: 1, formatter: sayIn(driver.label, language), color: colours.ink, fontSize: 12, width: 120, overflow: 'truncate' },
})

function reach(driver: Placed, colours: Colours): Whisker[] {
  const colour = colourOf(driver.quadrant, colours)
  const { low, high } = driver
  const across = ends({ low: driver.performance_low, high: driver.performance_high, unit: 'points' })
  return [
    ...(low === null || high === null ? [] : [{ x: driver.performance, y: low, to: high, upright: true, colour }]),
    ...(across ? [{ x: across[0], y: driver.share, to: across[1], upright: false, colour }] : []),
  ]
}

/** A name stands above its whisker, or below where a neighbour's would cover it. */
function below(placed: Placed[], at: number): boolean {
  const one = placed[at]
  if (!one) return false
  const across = spread(placed.map(({ performance }) => performance)) * NEAR_ACROSS
  const up = spread(placed.map(({ share: height }) => height)) * NEAR_UP
  return placed.some((other, place) => place !== at && Math.abs(other.performance - one.performance) < across && Math.abs(other.share - one.share) < up && (other.share > one.share || (other.share === one.share && place < at)))
}

const LIFT = 12
const AT_THE_RIGHT = 0.3
const NEAR_ACROSS = 0.3
const NEAR_UP = 0.12
const spread = (values: number[]): number => Math.max(...values) - Math.min(...values)

/** What each corner means. */
const corners = (t: TFunction, colours: Colours) =>
  ([['fix_first', 'left', 'top'], ['keep_up', 'right', 'top'], ['low_priority', 'left', 'bottom'], ['possible_overkill', 'right', 'bottom']] as const).map(([quadrant, side, edge]) => ({
    type: 'text', silent: true, [side]: side === 'left' ? 64 : 24, [edge]: edge === 'top' ? 44 : 72,
    style: { text: t(`quadrant.${quadrant}`), fill: colours.unsure, fontSize: 12 },
  }))

function cuts(result: DriverResult, colours: Colours) {
  return {
    symbol: 'none', silent: true, animation: false, label: { show: false }, lineStyle: { color: colours.soft, type: 'dashed', width: 1, opacity: 0.6 },
    data: [
      ...(result.performance_cut === null ? [] : [{ xAxis: result.performance_cut }]),
      ...(result.importance_cut === null ? [] : [{ yAxis: result.importance_cut }]),
    ],
  }
}

function tip(driver: Placed, language: Language, t: TFunction): HTMLElement {
  const box = document.createElement('div')
  const lines = [
    sayIn(driver.label, language),
    `${t('drivers.importance')} ${share(driver.share)} ${interval(driver.low, driver.high, 'share')}`,
    `${t('drivers.performance')} ${number(driver.performance, 'points')} ${ownInterval({ low: driver.performance_low, high: driver.performance_high, unit: 'points' })}`,
    driver.quadrant ? t(`quadrant.${driver.quadrant}`) : '',
  ]
  for (const words of lines.filter(Boolean)) {
    const row = document.createElement('div')
    row.textContent = words
    box.append(row)
  }
  return box
}
