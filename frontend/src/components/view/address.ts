/** A view as the address of the explore page. */
import { searchOf } from '../../api/client.ts'
import { RIVAL } from '../measures.ts'
import type { ViewAnswer, ViewDocument } from './answer.ts'

type Query = Record<string, unknown>
const list = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : [])
const word = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : value === true ? '1' : null)

/** What a view asks and how it is drawn, as the parameters of that address. */
export function addressOf(view: ViewDocument): Record<string, string | string[] | null> {
  const query: Query = view.query
  const options: Query = view.options ?? {}
  const singles = ['since', 'until', 'grain', 'compare', 'benchmark_table', 'period', 'weight', 'strata', 'cluster', 'level', 'points', 'scene', 'subtotals', 'include_flagged', 'rules_version']
  return {
    ...Object.fromEntries(singles.map((name) => [name, word(query[name])])),
    metric: list(query.metrics), by: list(query.by), where: list(query.where), exclude_flagged: list(query.exclude_flagged),
    margins: query.margins ? JSON.stringify(query.margins) : null,
    chart: view.chart ?? null, sort: word(options.sort), top: word(options.top), target: word(options.target), zero: word(options.zero),
    only: list(options.only).join('|') || null,
    title: view.title ? Object.values(view.title)[0] ?? null : null,
  }
}

/** Where a view is opened to be asked further. */
export const exploreAddress = (view: ViewDocument, more: Record<string, string> = {}): string =>
  `/explore?${searchOf({ dataset: view.dataset, ...more, ...addressOf(view) })}`

const TAKEN_APART: readonly string[] = ['previous', 'year_ago']

/** Where a change, or a gap to a competitor, is taken apart; the page for why has no conditions and one metric. */
export function whyAddress({ view, query, result }: ViewAnswer): { to: string; gap: boolean } | null {
  const { metrics, where, ...asked } = query
  const [since, until, compare] = [word(asked.since), word(asked.until), word(asked.compare) ?? '']
  const gap = compare === RIVAL || compare.startsWith(`${RIVAL}:`)
  const change = TAKEN_APART.includes(compare) && since !== null && until !== null && metrics.length === 1
  if (list(where).length > 0 || asked.grain || !(gap || change) || !result.definition.every((one) => one.decomposable)) return null
  return { to: `/why?${searchOf({ dataset: view.dataset, metric: metrics.length === 1 ? metrics : null, since, until, compare })}`, gap }
}
