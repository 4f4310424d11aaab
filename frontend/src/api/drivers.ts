/** `huiyin drivers --json`, as docs/contracts.md says it. */
import type { Text } from '../app/language.ts'

export type Quadrant = 'fix_first' | 'keep_up' | 'low_priority' | 'possible_overkill' | 'uncertain'

export type Driver = {
  column: string
  label: Text
  n: number
  missing_share: number
  share: number | null
  low: number | null
  high: number | null
  correlation: number | null
  correlation_low: number | null
  correlation_high: number | null
  beta: number | null
  beta_low: number | null
  beta_high: number | null
  performance: number | null
  performance_low: number | null
  performance_high: number | null
  quadrant: Quadrant | null
  priority: number | null
  flags: string[]
}

export type DriverResult = {
  target: string
  method: string
  n: number
  n_total: number
  r2: number | null
  r2_low: number | null
  r2_high: number | null
  drivers: Driver[]
  bootstrap: number
  seed: number
  level: number
  importance_cut: number | null
  performance_cut: number | null
  dropped: Record<string, Text>
  notes: Text[]
  not_estimable?: string
}
