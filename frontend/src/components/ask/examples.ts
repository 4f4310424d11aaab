import type { TFunction } from 'i18next'
import type { Codebook, Column } from '../../api/data.ts'
import type { Say } from '../measures.ts'
import type { Cell } from '../cells.ts'

type Columns = Codebook['columns']

/** What examples ask for: the score, by columns that somebody would name when asking. */
export type Candidates = { metric: string; said: string; groups: { column: string; said: string }[] }

const GROUPS = ['unit', 'product', 'stage', 'channel', 'dimension']
const MOST_GROUPS = 4
/** Letters of a name that can be said in a question; a Chinese one says as much in a third. */
const LONGEST = 24
const WIDE = 3
const TOLD_APART = 2

/** What could be asked of a dataset, best first; null where nothing was rated. */
export function candidates(columns: Columns, t: TFunction, say: Say): Candidates | null {
  const rated = columns.filter(({ usable }) => usable)
  const of = (role: string) => rated.find((column) => column.role === role)
  const [nps, overall] = [of('nps'), of('overall')]
  if (!nps && !overall) return null
  const groups = GROUPS.flatMap((role) => rated.filter((column) => column.role === role)).map((column) => ({ column: column.name, said: saidName(column, say) }))
  return {
    metric: nps ? `nps:${nps.name}` : `score:${overall?.name ?? ''}`, said: nps ? 'NPS' : t('ask.example.satisfaction'),
    groups: groups.filter(({ said }) => said !== '').slice(0, MOST_GROUPS),
  }
}

/** What people call a column; nothing where it has only a letter for a name, or a whole question. */
function saidName({ name, label }: Column, say: Say): string {
  const length = (words: string) => [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? WIDE : 1), 0)
  return [say(label), name].find((words) => length(words) > 1 && length(words) <= LONGEST && !/[？?]$/.test(words)) ?? ''
}

/** Columns of which at least two groups have a number to show. */
export const toldApart = (cells: Cell[]): boolean => cells.filter(({ estimate }) => estimate != null).length >= TOLD_APART

/** Questions that this dataset can answer, to begin with: of a score there is, by groups that have one, of days that have answers. */
export function examplesOf(columns: Columns, { said: metric }: Candidates, group: string | undefined, lately: boolean, t: TFunction): string[] {
  const has = (role: string) => columns.some((column) => column.role === role)
  return [
    t(lately ? 'ask.example.number' : 'ask.example.numberEver', { metric }),
    ...(group ? [
      t('ask.example.ranking', { metric, group }),
      t(lately ? 'ask.example.by' : 'ask.example.byEver', { metric, group }),
    ] : []),
    ...(lately ? [t('ask.example.why', { metric })] : []),
    ...(has('aspect') ? [t('ask.example.drivers', { metric })] : []),
    ...(has('text') ? [t('ask.example.voices')] : []),
  ]
}
