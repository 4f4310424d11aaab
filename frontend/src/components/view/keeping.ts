/** What a mark of a figure can be kept to: its groups as conditions, the days of its period. */
import dayjs from 'dayjs'
import type { Cell } from '../cells.ts'
import type { ViewAnswer } from './answer.ts'

export const PERIOD = 'period'

export type Days = { since: string; until: string }
const LENGTHS: Record<string, readonly [number, 'month']> = { quarter: [3, 'month'] }

/** A value that a condition can hold: one that is known, and that is not read as several. */
export const sayable = (value: string | null): boolean => value !== null && value !== '' && value.trim() === value && !value.includes('|')

/** The days of a number's period that lie within the days of its question. */
export function daysOf({ by }: Cell, { query, result }: Pick<ViewAnswer, 'query' | 'result'>): Days | null {
  const grain = result.query.grain
  const first = by[PERIOD]
  if (!grain || !first) return null
  const [length, unit] = LENGTHS[grain] ?? [1, grain as 'month']
  const last = dayjs(first).add(length, unit).subtract(1, 'day').format('YYYY-MM-DD')
  const [since, until] = [query.since, query.until] as (string | undefined)[]
  return { since: since && since > first ? since : first, until: until && until < last ? until : last }
}
