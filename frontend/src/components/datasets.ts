/** Datasets as pages choose among them. */
import type { DatasetRow } from '../api/data.ts'

export const MOST_DATASETS = 200

type Row = Pick<DatasetRow, 'id' | 'last_month'>

/** The dataset that was looked at last; else the one with the newest answers, as they are listed where several end in one month. */
export function firstOf<T extends Row>(all: readonly T[], last: string | undefined, today: string): T | undefined {
  const month = ({ last_month }: Row) => (last_month !== null && last_month <= today ? last_month : '') // days to come are no answers: dates of contracts
  return all.find(({ id }) => id === last) ?? [...all].sort((one, other) => month(other).localeCompare(month(one)))[0]
}
