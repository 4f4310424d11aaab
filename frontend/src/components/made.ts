/** Groups and metrics that people made for a dataset, as columns and metrics like any other. */
import type { Codebook, Column } from '../api/data.ts'
import { useRead, type Page } from '../api/hooks.tsx'

export type MadeGroup = { name: string; values: string[]; low: number | null; high: number | null }
export type MadeGroups = { kind: 'groups'; column: string; groups: MadeGroup[]; rest: string | null }
export type MadeForm = 'share' | 'average' | 'difference' | 'ratio'
export type MadeMetric = { kind: 'metric'; form: MadeForm; conditions: string[]; metrics: string[]; weights: number[]; higher_is_better: boolean }
export type Made = { name: string; kind: 'groups' | 'metric'; version: number; definition: MadeGroups | MadeMetric; created_by: string | null; created_at: string; editable: boolean }

export const madePath = (id: string) => `/datasets/${id}/made`
export const useMade = (id: string) => useRead<Page<Made>>(madePath(id))

/** The columns and metrics of a dataset with those that people made; none until they are read. */
export function useFields(id: string | undefined): Pick<Codebook, 'columns' | 'operations'> {
  const enabled = id !== undefined
  const book = useRead<Codebook>(`/datasets/${id ?? ''}/codebook`, undefined, { enabled })
  const made = useRead<Page<Made>>(madePath(id ?? ''), undefined, { enabled }).data?.items ?? []
  return { columns: withGroups(book.data?.columns ?? [], made), operations: withMetrics(book.data, made) }
}

const same = (words: string) => ({ 'zh-CN': words, en: words })

/** The columns with the made dimensions behind them. */
export const withGroups = (columns: Column[], made: Made[]): Column[] => [
  ...columns,
  ...made.filter(({ kind }) => kind === 'groups').map(({ name }): Column => ({
    name, label: same(name), role: 'dimension', scale: null, confidence: 1, usable: true, please_check: false, reason: same(''), group: null, option: null, events: [],
  })),
]

/** The metrics that the server finds a dataset to give, with the made ones and the aspects of the rules before them. */
export const withMetrics = (book: Codebook | undefined, made: Made[]): Codebook['operations'] => [
  ...made.filter(({ kind }) => kind === 'metric').map(({ name }) => ({ id: `calc:${name}`, label: same(name), decomposable: false })),
  ...(book?.aspects ?? []).map((one) => ({ ...one, decomposable: false })),
  ...(book?.operations ?? []),
]
