import type { Codebook } from '../../api/data.ts'

type Column = Codebook['columns'][number]
const WHOLE = ['overall', 'csat', 'nps', 'intent', 'ces', 'aspect'] as const
const STAGES = ['stage', 'touchpoint', 'status'] as const

const firstOf = (columns: readonly Column[], roles: readonly string[]): Column[] => roles.flatMap((role) => columns.filter((column) => column.role === role))

/** The ratings that bands can be cut from, those of the whole first. */
export const ratingsOf = (columns: readonly Column[]): Column[] => firstOf(columns, WHOLE).filter(({ scale }) => scale)

/** The column of stages. */
export const stageOf = (columns: readonly Column[]): Column | undefined => firstOf(columns, STAGES)[0]
