import type { EChartsCoreOption } from 'echarts/core'
import type { TFunction } from 'i18next'
import type { Colours } from '../../components/Chart.tsx'
import { difference, interval, number, share } from '../../components/format.ts'
import type { Dimension, Group, Why } from '../../api/why.ts'
import type { Text } from '../../app/language.ts'

const MOST_STEPS = 12
const ROW = 34
const FRAME = 72
const THICK = 16

type Step = { name: string; from: number; to: number; low: number | null; high: number | null; colour: string; label: string; tip: string[] }
type Api = { coord: (point: [number, number]) => [number, number] }

export const waterfallHeight = ({ groups }: Dimension): number => FRAME + ROW * (Math.min(groups.length, MOST_STEPS) + 2 + Number(groups.length > MOST_STEPS))

export function groupName(group: Group, t: TFunction): string {
  if (group.folded > 0) return t('why.folded', { n: group.folded })
  return group.value ?? t('query.unknown')
}

/** From the number before, group by group, to the number after; whiskers are the contributions' intervals. */
/** How words are found: those of the page, and those of the data. */
type Sayer = { t: TFunction; say: (text: Text) => string }

export function waterfall(why: Why, dimension: Dimension, sayer: Sayer, colours: Colours, wide: boolean): EChartsCoreOption {
  const steps = stepsOf(why, dimension, sayer, colours)
  const ends = steps.map(({ from, to, low, high }, at) => [at, Math.min(from, to, low ?? from), Math.max(from, to, high ?? from)])
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.ink },
    tooltip: {
      trigger: 'item', confine: true, backgroundColor: colours.paper, borderColor: colours.rule, textStyle: { color: colours.ink, fontSize: 12 },
      formatter: ({ dataIndex }: { dataIndex: number }) => tip(steps[dataIndex]?.tip ?? []),
    },
    grid: { left: 8, right: wide ? 72 : 56, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: 'value', scale: true, axisLabel: { color: colours.soft, hideOverlap: true, formatter: (value: number) => number(value, why.unit) }, splitLine: { lineStyle: { color: colours.rule } } },
    yAxis: { type: 'category', inverse: true, data: steps.map(({ name }) => name), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.ink, width: wide ? 200 : 84, overflow: 'truncate' } },
    series: [{
      type: 'custom', encode: { x: [1, 2], y: 0 }, data: ends,
      renderItem: ({ dataIndex }: { dataIndex: number }, api: Api) => drawn(steps[dataIndex], dataIndex, api, colours),
    }],
  }
}

function stepsOf(why: Why, dimension: Dimension, { t, say }: Sayer, colours: Colours): Step[] {
  const before = why.whole.comparison?.reference ?? 0
  const after = (why.gap ? why.gap.ours : why.whole.estimate) ?? 0
  const [first, last] = why.gap ? [say(why.gap.rival), t('why.gap.us')] : [t('why.before'), t('why.after')]
  const shown = dimension.groups.slice(0, MOST_STEPS)
  const steps: Step[] = [end(first, before, why, colours)]
  let at = before
  for (const group of shown) {
    steps.push(step(group, at, why, t, colours))
    at += group.contribution.estimate
  }
  const left = dimension.groups.length - shown.length
  if (left > 0) steps.push({ name: t('why.rest', { n: left }), from: at, to: after, low: null, high: null, colour: colours.unsure, label: '', tip: [t('why.rest', { n: left })] })
  return [...steps, end(last, after, why, colours)]
}

const end = (name: string, value: number, why: Why, colours: Colours): Step =>
  ({ name, from: value, to: value, low: null, high: null, colour: colours.ink, label: number(value, why.unit), tip: [`${name} ${number(value, why.unit)}`] })

function step(group: Group, at: number, why: Why, t: TFunction, colours: Colours): Step {
  const { estimate, low, high } = group.contribution
  const points = t('unit.sharePoints')
  const name = groupName(group, t)
  return {
    name, from: at, to: at + estimate, low: low === null ? null : at + low, high: high === null ? null : at + high,
    colour: group.call !== 'real' ? colours.unsure : estimate > 0 === why.definition.higher_is_better ? colours.good : colours.bad,
    label: difference(estimate, why.unit, points),
    tip: [
      name,
      `${t('why.contribution')} ${difference(estimate, why.unit, points)} ${interval(low, high, why.unit)}`,
      ...(why.gap
        ? [`${number(group.before, why.unit)} → ${number(group.after, why.unit)}`, `${t('why.share')} ${share(group.share_after)}`]
        : [
            `${t('why.mix')} ${difference(group.mix, why.unit, points)} · ${t('why.rate')} ${difference(group.rate, why.unit, points)}`,
            `${t('why.share')} ${share(group.share_before)} → ${share(group.share_after)}`,
          ]),
    ],
  }
}

/** A bar from where the step before ended, a whisker through its end, and the number beside it. */
function drawn(step: Step | undefined, at: number, api: Api, colours: Colours) {
  if (!step) return undefined
  const [x1, y] = api.coord([step.from, at])
  const [x2] = api.coord([step.to, at])
  const total = step.from === step.to
  const bar = { type: 'rect', shape: { x: Math.min(x1, x2) - (total ? 2 : 0), y: y - THICK / 2, width: total ? 4 : Math.max(1, Math.abs(x2 - x1)), height: THICK, r: 2 }, style: { fill: step.colour, opacity: total ? 1 : 0.85 } }
  const right = Math.max(x1, x2, step.high === null ? x1 : api.coord([step.high, at])[0])
  const label = { type: 'text', style: { text: step.label, x: right + 6, y, verticalAlign: 'middle', fill: colours.ink, fontSize: 12 } }
  if (step.low === null || step.high === null) return { type: 'group', children: [bar, label] }
  const [low] = api.coord([step.low, at])
  const [high] = api.coord([step.high, at])
  const whisker = { type: 'line', shape: { x1: low, y1: y, x2: high, y2: y }, style: { stroke: colours.ink, lineWidth: 1.5, opacity: 0.7 } }
  return { type: 'group', children: [bar, whisker, label] }
}

function tip(lines: string[]): HTMLElement {
  const box = document.createElement('div')
  for (const words of lines) {
    const row = document.createElement('div')
    row.textContent = words
    box.append(row)
  }
  return box
}
