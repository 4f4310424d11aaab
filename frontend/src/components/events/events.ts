/** What happened when, as charts over time mark it. */
import dayjs from 'dayjs'
import type { Text } from '../../app/language.ts'
import type { Colours } from '../Chart.tsx'

export type Happened = { id: string; kind: string; kind_words: Text; title: string; note: string; since: string; until: string; where: Record<string, string> }

/** Events of one stretch of a chart: one mark with the numbers that the list below gives them. */
export type Mark = { at: number; first: number; last: number }

const NAMED = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?| Q([1-4]))?$/
const LABEL = 34
const WIDTH = { wide: 520, narrow: 260 }
/** Over the bands, under the lines with their values: no dashes cross a number. */
const BEHIND = 4

/** The first day of a period by its name: 2026, 2026 Q1, 2026-03, 2026-03-02. */
export function firstDay(name: string): string | null {
  const [, year, month, day, quarter] = NAMED.exec(name) ?? []
  if (!year) return null
  const of = quarter ? String(Number(quarter) * 3 - 2).padStart(2, '0') : (month ?? '01')
  return `${year}-${of}-${day ?? '01'}`
}

/** Where a chart over these periods begins and ends; null where their names are no days. */
export function spanOfPeriods(names: readonly string[]): { since: string; until: string } | null {
  const days = names.map(firstDay).filter((day) => day !== null)
  const [since, last] = [days[0], days.at(-1)]
  if (!since || !last) return null
  return { since, until: dayjs(last).add(longest(days), 'day').subtract(1, 'day').format('YYYY-MM-DD') }
}

/** Days of a period: of the longest, so that the last one is whole. */
function longest(days: readonly string[]): number {
  const gaps = days.slice(1).map((day, at) => dayjs(day).diff(days[at], 'day'))
  return Math.max(1, Math.min(366, ...(gaps.length > 0 ? [Math.min(...gaps) > 27 ? Math.max(...gaps) : Math.min(...gaps)] : [31])))
}

/** Marks in the order of the events, which come oldest first; those that would touch share one. */
function marksOf(names: readonly string[], events: readonly Happened[], width: number): Mark[] {
  const days = names.map((name) => firstDay(name) ?? '')
  const room = Math.max(1, Math.ceil((names.length * LABEL) / width))
  const marks: Mark[] = []
  events.forEach(({ since }, index) => {
    const at = Math.max(0, days.findLastIndex((day) => day !== '' && day <= since))
    const before = marks.at(-1)
    if (before && at - before.at < room) before.last = index + 1
    else marks.push({ at, first: index + 1, last: index + 1 })
  })
  return marks
}

/** How wide a figure is, and how many charts over time stand in it. */
type Room = { wide: boolean; charts: number }
const ABREAST = { wide: 3, narrow: 2 }

/** Series without points of their own that draw the marks, their numbers above each chart: in small ones at its upper edge. */
export function markSeries(names: readonly string[], events: readonly Happened[], { wide, charts }: Room, colours: Colours): Record<string, unknown>[] {
  const size = wide ? 'wide' : 'narrow'
  const small = charts > 1
  const marks = marksOf(names, events, WIDTH[size] / (small ? ABREAST[size] : 1))
  if (marks.length === 0) return []
  return Array.from({ length: charts }, (_, place) => ({
    type: 'line', name: 'events', data: [], silent: true, tooltip: { show: false }, xAxisIndex: place, yAxisIndex: place,
    markLine: {
      symbol: 'none', silent: true, animation: false, z: BEHIND,
      data: marks.map(({ at, first, last }) => ({
        xAxis: at, lineStyle: { color: colours.bad, type: 'dashed', width: 1 },
        label: { position: 'end', offset: [0, small ? 6 : -12], formatter: first === last ? String(first) : `${String(first)}–${String(last)}`, color: colours.ink, fontSize: small ? 9 : 11 },
      })),
    },
  }))
}
