/** A view and its answer, as `POST /views/answer` gives it: the server draws, the page shows. */
import type { TFunction } from 'i18next'
import type { Text } from '../../app/language.ts'
import { groupOf } from '../bands.ts'
import type { Cell, Definition } from '../cells.ts'
import type { Result } from '../question/result.ts'

export type ViewDocument = {
  dataset: string
  query: Record<string, unknown>
  chart?: string
  options?: Record<string, unknown>
  title?: Text | Record<string, string>
}

export type Attained = { cell: number; goal: number; attainment: 'reached' | 'missed' | 'cannot_tell' }

export type PivotCell = { cell: number | null; text: string; small: string; mark: string; tone: string; shade: number }
export type PivotRow = { names: string[]; total: boolean; cells: PivotCell[] }
/** `above`: each metric with the heads of its columns, where several stand side by side. */
export type Pivot = { heads: string[]; columns: string[]; above?: { name: string; columns: string[] }[]; rows: PivotRow[] }

/** Numbers of a figure that are no cells of the answer, in words. */
export type Beside = { heads: string[]; rows: string[][] }

export type ViewAnswer = {
  view: ViewDocument
  query: Record<string, unknown> & { metrics: string[]; by?: string[]; where?: string[] }
  result: {
    query: { level: number; grain: string | null; compare: { against: string } | null; by: string[] }
    definition: Definition[]
    data: Result['data']
    cells: Cell[]
    notes: (Text | string)[]
  }
  chart: string
  kinds: string[]
  unfit: Record<string, Text>
  option: Record<string, unknown> | null
  /** What people call the columns that it is grouped by. */
  names: Record<string, string>
  asked: Record<string, string>
  table: Pivot | null
  beside: Beside | null
  words: { word: string; n: number; size: number }[] | null
  height: number
  title: string
  caption: string
  judged: Attained[]
  dark: Record<string, string>
}

/** The period of the customer's first answer: a grouping that is no column (`measure/first_answers.py`). */
export const FIRST_ANSWER = '@first_answer'

/** The name of a cell: its groups and its period, else its metric. */
export function cellName(cell: Cell, { result }: ViewAnswer, t: TFunction, say: (text: Text) => string): string {
  const parts = Object.entries(cell.by).map(([column, value]) => groupOf(column, value, result.query.grain, t) ?? t('query.unknown'))
  if (result.definition.length > 1 || parts.length === 0) parts.unshift(say(cell.label))
  return parts.join(' · ')
}
