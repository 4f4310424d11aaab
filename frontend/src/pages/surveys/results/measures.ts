import type { Column } from '../../../api/data.ts'

/** The headline of each role, in the order they are read: recommendation, satisfaction, effort, intent, aspects. */
const HEADLINE: readonly (readonly [role: string, metric: string])[] = [
  ['nps', 'nps'], ['overall', 'satisfied'], ['csat', 'satisfied'], ['ces', 'easy'], ['intent', 'intent'], ['aspect', 'score'],
]
const MOST = 20

export const measuresOf = (columns: readonly Column[]): string[] =>
  HEADLINE.flatMap(([role, metric]) => columns.filter((column) => column.usable && column.role === role).map(({ name }) => `${metric}:${name}`)).slice(0, MOST)
