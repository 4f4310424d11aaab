/** Datasets linked without code, or put together, as the API says it. */
import type { Text } from '../app/language.ts'
import type { Cell } from '../components/cells.ts'
import type { Column } from './data.ts'
import type { Job } from './types.ts'

export type How = 'count' | 'days' | 'any' | 'sum' | 'mean' | 'min' | 'max' | 'first' | 'last' | 'nearest'
export type Take = { name: string; how: How; column?: string | null }
export type LinkPlan = { base: string; links: { dataset_id: string; keys: { base: string; other: string }[]; take: Take[]; window: { side: string; days: number | null; other_time: string | null } | null }[] }
export type CommonColumn = { name: string; columns: Record<string, string>; as_score: boolean }
export type UnionPlan = { sources: { dataset_id: string; name?: string | null }[]; columns?: CommonColumn[] }
export type Plan = { link: LinkPlan } | { union: UnionPlan }

export type LinkFacts = {
  dataset_id: string
  cardinality?: string
  base_rows?: number
  base_matched?: number
  base_unmatched?: number
  other_rows?: number
  other_matched?: number
  other_unmatched?: number
  base_incomplete?: number
  name?: string
  n_rows?: number
  share?: number
}

/** A rating that several surveys have and that does not go together as it is. */
export type Apart = CommonColumn & { why: Text; scorable: boolean }

export type Mix = {
  metric: string
  sources: { name: string; rows: number | null; share: number | null; cell: Cell }[]
  pooled: Cell
  equal: Cell | null
  note: Text
}

export type Model = {
  id: string
  name: string
  kind: 'link' | 'union'
  dataset_id: string | null
  parents: { dataset_id: string; name: string }[]
  stale: boolean
  facts: LinkFacts[]
  job: Job | null
  revision: number
  updated_at: string
  updated_by: string | null
}

export type Preview = { facts: LinkFacts[]; columns: Column[]; common: CommonColumn[]; apart: Apart[]; preview: { columns: string[]; rows: (string | number | boolean | null)[][] } }
