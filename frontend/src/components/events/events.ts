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
export function marksOf(names: readonly string[], events: readonly Happened[], wide: boolean): Mark[] {
  const days = names.map((name) => firstDay(name) ?? '')
  const room = Math.max(1, Math.ceil((names.length * LABEL) / (wide ? WIDTH.wide : WIDTH.narrow)))
  const marks: Mark[] = []
  events.forEach(({ since }, index) => {
    const at = Math.max(0, days.findLastIndex((day) => day !== '' && day <= since))
    const before = marks.at(-1)
    if (before && at - before.at < room) before.last = index + 1
    else marks.push({ at, first: index + 1, last: index + 1 })
  })
  return marks
}

/** A series without points of its own that draws the marks, their numbers above the chart. */
export function markSeries(marks: readonly Mark[], colours: Colours): Record<string, unknown>[] {
  if (marks.length === 0) return []
  return [{
    type: 'line', name: 'events', data: [], silent: true, tooltip: { show: false },
    markLine: {
      symbol: 'none', silent: true, animation: false,
      data: marks.map(({ at, first, last }) => ({
        xAxis: at, lineStyle: { color: colours.bad, type: 'dashed', width: 1 },
        label: { position: 'end', offset: [0, -12], formatter: first === last ? String(first) : `${String(first)}–${String(last)}`, color: colours.ink, fontSize: 11 },
      })),
    },
  }]
}
