import dayjs from 'dayjs'
import type { DatasetRow } from '../api/data.ts'
import { keepDataset, readKept } from '../app/kept.ts'
import { useMe } from '../app/me.tsx'
import { firstOf } from './datasets.ts'

/** The dataset that pages open on for whoever is signed in, and what notes which one they look at. */
export function useFirst<T extends Pick<DatasetRow, 'id' | 'last_month'>>(all: readonly T[]): [T | undefined, (id: string) => void] {
  const { staff } = useMe()
  return [firstOf(all, readKept().datasets?.[staff.id], dayjs().format('YYYY-MM-DD')), (id) => keepDataset(staff.id, id)]
}
