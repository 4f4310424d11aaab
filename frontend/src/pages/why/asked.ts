import dayjs from 'dayjs'
import type { Cell } from '../../components/cells.ts'

/** What the page asks, all of it in the address. Beside a competitor any day may be left open, and the metric: then it is what is furthest behind. */
export type Asked = { metric: string; since: string; until: string; compare: string }

/** What is sent: parts that are left open are not said. */
export const bodyOf = (asked: Asked): Partial<Asked> => Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))

export const ADDRESS = ['metric', 'since', 'until', 'compare', 'dimension'] as const
export const EARLIER = ['previous', 'year_ago'] as const
const DAY = 'YYYY-MM-DD'
const SPAN = '..'

export const isSpan = (compare: string): boolean => compare.includes(SPAN)
export const spanOf = (since: string, until: string): string => since + SPAN + until
export const endsOf = (compare: string): [string | null, string | null] => {
  const [since, until] = compare.split(SPAN)
  return isSpan(compare) ? [since ?? null, until ?? null] : [null, null]
}

/** The last month with answers; the running one only where there is no other. */
export function lastMonth(cells: Cell[]): { since: string; until: string } | null {
  const months = cells.filter(({ n, by }) => n > 0 && by.period).map(({ by }) => dayjs(by.period)).reverse()
  const month = months.find((one) => one.endOf('month').isBefore(dayjs())) ?? months[0]
  return month ? { since: month.startOf('month').format(DAY), until: month.endOf('month').format(DAY) } : null
}

/** The month before, as the period of one's own to begin with. */
export function monthBefore(since: string): string {
  const before = dayjs(since).subtract(1, 'month')
  return spanOf(before.startOf('month').format(DAY), before.endOf('month').format(DAY))
}

/** How finely the course is cut: days, weeks or months. */
export function grainOf(since: string, until: string): 'day' | 'week' | 'month' {
  const days = dayjs(until).diff(dayjs(since), 'day')
  return days <= 45 ? 'day' : days <= 200 ? 'week' : 'month'
}
