/** A view as the address of the explore page. */
import { searchOf } from '../../api/client.ts'
import { isGap } from '../measures.ts'
import { whyLink } from '../whyLink.ts'
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

/** Where the change or the gap of one figure is taken apart: its days are named, and its numbers can be. */
export function whyAddress({ view, query, result }: ViewAnswer): { to: string; gap: boolean } | null {
  const [since, until, compare] = [word(query.since), word(query.until), word(query.compare) ?? '']
  const gap = isGap(compare)
  const told = result.definition.every((one) => one.decomposable) && !query.grain
  const dated = since !== null && until !== null && query.metrics.length === 1
  const to = told && (gap || dated) ? whyLink(view.dataset, { metrics: query.metrics, conditions: list(query.where).length, since, until, compare }) : null
  return to === null ? null : { to, gap }
}
