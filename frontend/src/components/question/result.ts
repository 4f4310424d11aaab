/** `huiyin query --json`, as docs/contracts.md says it. */
import type { Text } from '../../app/language.ts'
import type { Cell, Definition } from '../cells.ts'

/** What weighting did to each number. */
export type Weighted = { cells: { metric: string; by: Record<string, string | null>; unweighted: number | null; design_effect: number | null }[] }

export type Result = {
  query: { level: number; grain: string | null; compare: { against: string } | null }
  definition: Definition[]
  data: { rows: number; used: number | null; excluded: Record<string, number>; since: string | null; until: string | null; snapshot: string; row_rule: unknown[]; weighting: Weighted | null; /** The last day of the data, where the days asked for go on after it. */ ends?: string | null }
  cells: Cell[]
  notes: (Text | string)[]
}

/** Why a comparison that was asked for is nowhere given, as a name in the copy; null where it is given somewhere. */
export function uncomparedFor({ query, cells }: Pick<Result, 'cells'> & { query: { compare: { against: string } | null } }): string | null {
  if (query.compare === null || cells.some(({ comparison }) => comparison)) return null
  if (query.compare.against === 'benchmark') return 'query.unfit'
  return cells.some((cell) => cell.not_estimable === 'suppressed') ? 'query.uncompared' : 'query.alone'
}
