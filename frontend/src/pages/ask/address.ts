import { searchOf } from '../../api/client.ts'
import { RIVAL } from '../../components/measures.ts'
import { conditionWords } from '../../components/question/asked.ts'
import { whyLink } from '../../components/whyLink.ts'
import type { Compare, Query } from './result.ts'

/** Every name that a thread has in the address. */
export const ADDRESS = ['q'] as const
/** As many questions as the server takes in one thread. */
export const LONGEST_THREAD = 20

export const compareWords = (compare: Compare): string | null =>
  compare === null ? null
    : compare.column === null ? compare.against
    : compare.against === RIVAL ? `${RIVAL}:${compare.column}`
    : `${compare.column}=${compare.value ?? ''}`

/** A query as the page that explores and the route of queries take it. */
export const queryWords = ({ metrics, by, where, since, until, grain, compare }: Query) => ({
  metrics, by, where: where.map(conditionWords), since, until, grain, compare: compareWords(compare),
})

const link = (page: string, parts: Record<string, string | string[] | null>): string => `/${page}?${searchOf(parts)}`

/** Groups that are set beside all others are asked with them and drawn alone. */
export function exploreLink(dataset: string, query: Query, meant: Query = query): string {
  const { metrics, ...rest } = queryWords(query)
  const [column] = query.by
  const drawn = query.by.length === 1 && query.compare?.against === 'rest' && !query.where.some((one) => one.column === column && one.operator === '=')
    ? meant.where.find((one) => one.column === column && one.operator === '=') : undefined
  return link('explore', { dataset, metric: metrics, ...rest, only: drawn?.values.join('|') ?? null })
}

/** The words of some customers, as a cloud of which each word opens its answers. */
export const cloudLink = (dataset: string, rated: string, { where, since, until }: Query): string =>
  link('explore', { dataset, metric: `score:${rated}`, where: where.map(conditionWords), since, until, chart: 'words' })

export const whyOf = (dataset: string, { metrics, where, since, until, compare }: Query): string | null =>
  whyLink(dataset, { metrics, conditions: where.length, since, until, compare: compareWords(compare) ?? '' })

export const driversLink = (dataset: string, target: string, { where, since, until }: Query): string | null =>
  where.length > 0 || since || until ? null : link('drivers', { dataset, target })
