/** Where the data ends before the days that are asked for, and which days of it are the last. */
import dayjs from 'dayjs'

export type Days = { since: string; until: string }

const DAY = 'YYYY-MM-DD'
const DAYS = 30

/** The last days that have answers: the month, where the data ends with one, else thirty days. */
export function lastDays(ends: string): Days {
  const last = dayjs(ends)
  const whole = last.isSame(last.endOf('month'), 'day')
  const first = whole ? last.startOf('month') : last.subtract(DAYS - 1, 'day')
  return { since: first.format(DAY), until: ends }
}

/** Whether there is no number at all. */
export const isEmpty = (cells: readonly { estimate?: number | null }[]): boolean => cells.every(({ estimate }) => estimate == null)
