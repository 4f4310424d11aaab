/** The page for why, asked about one number. */
import { searchOf } from '../api/client.ts'
import { isGap } from './measures.ts'

type Asked = { metrics: readonly string[]; conditions: number; since: string | null; until: string | null; compare: string }

const OVER_TIME: readonly string[] = ['previous', 'year_ago', 'year_ago_lunar', 'same_weekdays']

/** Null for what the page cannot be asked: it has no conditions, and compares times, or us with a competitor. */
export function whyLink(dataset: string, { metrics, conditions, since, until, compare }: Asked): string | null {
  const compares = isGap(compare) || OVER_TIME.includes(compare) || compare.includes('..')
  return conditions > 0 || !compares ? null : `/why?${searchOf({ dataset, metric: metrics.length === 1 ? [...metrics] : null, since, until, compare })}`
}
