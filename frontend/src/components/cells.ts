/** A measured number and its comparison, as the server gives them (docs/contracts.md). */
import type { Text } from '../app/language.ts'
import type { Unit } from './format.ts'

export type Counted = 'answers' | 'orders' | 'tickets' | 'leads' | 'contracts' | 'customers' | 'cases' | 'records'
export type Call = 'real' | 'stable' | 'cannot_tell'

export type Comparison = {
  against: string
  reference: number | null
  difference: number | null
  low: number | null
  high: number | null
  p: number | null
  q: number | null
  delta: number
  family: number
  call: Call | null
  n_more: number | null
  note: Text | string | null
  /** How many answers were compared pair by pair. */
  n_pairs?: number
  /** More than ten times the answers there are would be needed: nobody should wait for them. */
  beyond_reach?: boolean
  /** It would be called real if nothing else had been compared: the correction alone keeps it from that. */
  only_alone?: boolean
}

export type Cell = {
  by: Record<string, string | null>
  metric: string
  label: Text
  unit: Unit
  n: number
  n_customers: number
  /** What `n` counts. */
  counted?: Counted | undefined
  estimate?: number
  low?: number | null
  high?: number | null
  level?: number
  n_effective?: number | null
  method?: string
  flags?: string[]
  comparison?: Comparison | null
  not_estimable?: string
  /** Of what is suppressed: the smallest group that would be shown. */
  minimum_n?: number
}

export type Definition = {
  metric: string
  version: number
  label: Text
  formula: Text
  column: string | null
  delta: number
  higher_is_better: boolean
  /** Whether a change of it can be taken apart by groups. */
  decomposable: boolean
  notes: Text[]
  please_check: boolean
}
