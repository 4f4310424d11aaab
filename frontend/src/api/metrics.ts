/** Metrics, their rules, targets, weights and benchmarks, as the API says them. */
import type { Text } from '../app/language.ts'
import type { Cell } from '../components/cells.ts'

export type Entry = {
  id: string
  label: Text
  meaning: Text
  formula: Text
  expression: string
  window: Text | null
  unit: string
  unit_words: Text
  delta: number
  delta_words: Text
  better: string
  better_words: Text
  version: number
  rules_version: number
  rule_keys: string[]
  used_by: { kind: string; id: string; words: string }[]
}

export type RulesVersion = { version: number; valid_from: string; note: string; created_by: string | null; created_at: string | null }
export type RulesCheck = { ok: boolean; line: number | null; key: string | null; sentence: Text | null }

export type Target = { id: string; metric: string; value: number; where: Record<string, string>; dataset_id: string | null; higher_is_better: boolean | null; valid_from: string; valid_to: string | null; revision: number; updated_by: string | null; updated_at: string }
export type Judged = Target & { cell: Cell | null; attainment: string | null; attainment_words?: Text; refused: Text | null }

export type Weight = { name: string; weight: number; share: number }
export type WeightSet = { id: string; scene: string; scene_label: Text | null; version: number; valid_from: string; weights: Weight[]; source: string; created_by: string | null; created_at: string; holds: boolean }
export type Push = { name: string; weight: number; share: number; lower: Cell | null; higher: Cell | null; moves: number | null }
export type Sensitivity = { old: Cell | null; new: Cell | null; difference: number | null; weights: Push[] }

export type Benchmark = { id: string; table: string; metric: string; value: number; year: number | null; source: string | null; n: number | null; by: Record<string, string>; created_by: string | null; created_at: string }
