/** Marks that were chosen on the tiles of a board ↔ its address, and what the server is asked. */
import type { TFunction } from 'i18next'
import { groupOf } from '../../../components/bands.ts'
import type { Cell } from '../../../components/cells.ts'
import { periodWords } from '../../../components/periods.ts'
import { FIRST_ANSWER, type ViewAnswer } from '../../../components/view/answer.ts'
import { daysOf, PERIOD, sayable } from '../../../components/view/keeping.ts'

/** A mark: the tile it was chosen on, its groups as conditions, the days of its period. */
export type Pick = { tile: string; where: string[]; since: string | null; until: string | null }

const DAYS = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/
const APART = ':'

/** The groups of a number; the period of first answers is none, nothing can be kept to it. */
const groupsOf = ({ by }: Cell): [string, string | null][] => Object.entries(by).filter(([column]) => column !== PERIOD && column !== FIRST_ANSWER)

/** What choosing a number of a tile keeps the other tiles to; null where it has nothing to be kept to. */
export function pickOf(tile: string, cell: Cell, answer: ViewAnswer): Pick | null {
  const groups = groupsOf(cell)
  const days = daysOf(cell, answer)
  const undated = PERIOD in cell.by && days === null
  if (undated || !groups.every(([, value]) => sayable(value)) || (groups.length === 0 && days === null)) return null
  return { tile, where: groups.map(([column, value]) => `${column}=${value ?? ''}`), since: days?.since ?? null, until: days?.until ?? null }
}

/** A mark by its groups and its period alone, without what is measured. */
export const pickName = (cell: Cell, { result }: ViewAnswer, t: TFunction): string =>
  [...groupsOf(cell).map(([column, value]) => groupOf(column, value, null, t)), periodWords(result.query.grain, cell.by[PERIOD])].filter(Boolean).join(' · ')

const daysIn = ({ since, until }: Pick): string[] => (since && until ? [`${since}..${until}`] : [])
const wordsOf = (pick: Pick): string[] => [...pick.where, ...daysIn(pick)]

export const samePick = (one: Pick, other: Pick | undefined): boolean =>
  other !== undefined && one.tile === other.tile && wordsOf(one).join('\n') === wordsOf(other).join('\n')

/** As the address has it: each condition with the tile before it, `t1:大区=华东`, `t1:2025-03-01..2025-03-31`. */
export const pickAddress = (picks: readonly Pick[]): string[] => picks.flatMap((pick) => wordsOf(pick).map((words) => `${pick.tile}${APART}${words}`))

export function readPicks(parts: readonly string[]): Pick[] {
  const picks = new Map<string, Pick>()
  for (const part of parts) {
    const at = part.indexOf(APART)
    if (at < 1) continue
    const [tile, words] = [part.slice(0, at), part.slice(at + 1)]
    const pick = picks.get(tile) ?? { tile, where: [], since: null, until: null }
    const days = DAYS.exec(words)
    picks.set(tile, days ? { ...pick, since: days[1] ?? null, until: days[2] ?? null } : { ...pick, where: [...pick.where, words] })
  }
  return [...picks.values()]
}

const columnsOf = ({ where, since }: Pick): string[] => [...where.map((words) => words.slice(0, words.indexOf('='))), ...(since ? [PERIOD] : [])]

/** Choose a mark: it takes the place of what was chosen on its tile, and of marks of the same column on others. */
export function withPick(picks: readonly Pick[], pick: Pick): Pick[] {
  const columns = columnsOf(pick)
  return [...picks.filter((one) => one.tile !== pick.tile && !columnsOf(one).some((column) => columns.includes(column))), pick]
}

export const withoutPick = (picks: readonly Pick[], tile: string): Pick[] => picks.filter((one) => one.tile !== tile)
