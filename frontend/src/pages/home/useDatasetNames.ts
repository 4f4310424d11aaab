import type { DatasetRow } from '../../api/data.ts'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'

/** What the datasets are called, by id; the page has read them already. */
export function useDatasetNames(): ReadonlyMap<string, string> {
  const read = useRead<Listed<DatasetRow>>('/datasets')
  return new Map(read.data?.items.map(({ id, name }) => [id, name]))
}
