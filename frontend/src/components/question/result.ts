/** `huiyin query --json`, as docs/contracts.md says it. */
import type { Text } from '../../app/language.ts'
import type { Cell, Definition } from '../cells.ts'

/** What weighting did to each number. */
export type Weighted = { cells: { metric: string; by: Record<string, string | null>; unweighted: number | null; design_effect: number | null }[] }

export type Result = {
  query: { level: number; grain: string | null; compare: { against: string } | null }
  definition: Definition[]
  data: { rows: number; used: number | null; excluded: Record<string, number>; since: string | null; until: string | null; snapshot: string; row_rule: unknown[]; weighting: Weighted | null }
  cells: Cell[]
  notes: (Text | string)[]
}
