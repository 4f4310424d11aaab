import { useQueries } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { Cell } from '../cells.ts'

const KEPT_MS = 300_000

/** The values of columns are asked the way of every number: a query by each of them. */
export function useValues(id: string, columns: readonly string[], metric: string | undefined): Record<string, string[]> {
  return useQueries({
    queries: columns.map((column) => ({
      queryKey: [`/datasets/${id}/query`, 'values', column, metric],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.post<{ cells: Cell[] }>(`/datasets/${id}/query`, { metrics: [metric], by: [column] }, signal),
      enabled: metric !== undefined,
      staleTime: KEPT_MS,
    })),
    combine: (reads) => Object.fromEntries(reads.map(({ data }, at) => [columns[at] ?? '', valuesOf(data?.cells ?? [], columns[at] ?? '')])),
  })
}

const valuesOf = (cells: Cell[], column: string): string[] =>
  [...new Set(cells.map(({ by }) => by[column]).filter((value) => value != null))].sort((a, b) => a.localeCompare(b, 'zh', { numeric: true }))
