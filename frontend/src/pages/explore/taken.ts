/** What is taken along from a figure: its question as the corridor takes it, its numbers as text. */
import { number, ownInterval } from '../../components/format.ts'
import { FIRST_ANSWER, type ViewAnswer } from '../../components/view/answer.ts'

export type Taken = Record<string, unknown> & { metrics: string[]; rules_version?: number }

/** A target is no side of the question: files and links are asked for without it, and for cohorts by the first answer. */
export function askedOf(answer: ViewAnswer): Taken {
  const { compare, ...given } = answer.query
  const query = answer.chart === 'cohort' ? { ...given, by: [FIRST_ANSWER] } : given
  return compare === undefined || compare === 'target' ? query : { ...query, compare }
}

const safe = (words: string): string => (/^[=@]|^[+-][^\d]/.test(words) ? `'${words}` : words)

export function tabbed({ result }: ViewAnswer): string {
  const keys = [...new Set(result.cells.flatMap(({ by }) => Object.keys(by)))]
  const rows = result.cells.map((cell) => [
    ...keys.map((key) => safe(cell.by[key] ?? '')), cell.metric, number(cell.estimate, cell.unit), ownInterval(cell), String(cell.n), cell.comparison?.call ?? '',
  ])
  return [[...keys, 'metric', 'estimate', 'interval', 'n', 'call'], ...rows].map((row) => row.join('\t')).join('\n')
}
