/** What the page draws, as it stands in the address ↔ the view that the server answers. */
import { ADDRESS as ASKED, askedAddress, conditionWords, queryOf, readAsked, settled, type Asked, type Condition } from '../../components/question/asked.ts'
import type { ViewDocument } from '../../components/view/answer.ts'

export const PERIODS = ['last_7_days', 'last_30_days', 'this_month', 'last_month', 'last_3_months', 'last_12_months', 'this_quarter', 'last_quarter', 'this_year', 'last_year'] as const
export const SORTS = ['best', 'worst', 'name', 'n', 'data'] as const

const LOOKS = ['chart', 'sort', 'top', 'target', 'zero', 'period', 'title', 'only'] as const
type Look = (typeof LOOKS)[number]

export type Drawn = Asked & Record<Look, string | null>

export const ADDRESS = [...ASKED, ...LOOKS] as const

export function readDrawn(address: URLSearchParams, columns: readonly string[]): Drawn {
  const looks = Object.fromEntries(LOOKS.map((name) => [name, address.get(name)])) as Record<Look, string | null>
  return { ...readAsked(address, columns), ...looks }
}

export const drawnAddress = (drawn: Drawn) => askedAddress(drawn)

/** What is compared with once there is another side: groups with the rest, periods with those before. */
function begun(drawn: Drawn, part: Partial<Drawn>): Partial<Drawn> {
  if (drawn.compare !== null || part.compare !== undefined) return {}
  if (drawn.by.length === 0 && part.by?.length) return { compare: 'rest' }
  return drawn.grain === null && part.grain ? { compare: 'previous' } : {}
}

/** What changes together: a comparison goes with its other side, days written out with a period that is named. */
export function changed(drawn: Drawn, part: Partial<Drawn>): Drawn {
  const days = part.since !== undefined || part.until !== undefined
  const next = { ...drawn, ...begun(drawn, part), ...(part.by || part.metrics ? { only: null, ...(drawn.only ? { sort: null } : {}) } : {}), ...(days ? { period: null } : {}), ...(part.period ? { since: null, until: null } : {}), ...part }
  const named = next.period !== null && next.period !== 'all'
  if (next.compare === 'target') return next
  const kept = settled(named ? { ...next, since: next.since ?? 'named', until: next.until ?? 'named' } : next)
  return { ...next, compare: kept.compare, benchmark_table: kept.benchmark_table }
}

export function viewOf(dataset: string, drawn: Drawn): ViewDocument {
  const { chart, sort, top, target, zero, period, title, only, ...asked } = drawn
  const options = {
    ...(sort ? { sort } : {}), ...(top ? { top: Number(top) } : {}), ...(target ? { target: Number(target) } : {}), ...(zero ? { zero: true } : {}), ...(only ? { only: only.split('|') } : {}),
  }
  const query = Object.fromEntries(Object.entries({ ...queryOf(asked), period }).filter(([, value]) => value !== null && value !== false))
  return { dataset, query, ...(chart ? { chart } : {}), ...(Object.keys(options).length ? { options } : {}), ...(title ? { title: { 'zh-CN': title, en: title } } : {}) }
}

/** Conditions that hold for one mark: its groups, and the days of its period. */
export function conditionsOf(by: Record<string, string | null>): Condition[] {
  return Object.entries(by).filter(([column, value]) => column !== 'period' && value !== null).map(([column, value]) => ({ column, operator: '=', values: [value ?? ''] }))
}

export const sameCondition = (one: Condition, other: Condition): boolean => conditionWords(one) === conditionWords(other)

/** Put a thing into a list before another, or at its end; it stands there once. */
export function placed(things: readonly string[], thing: string, before: string | null = null): string[] {
  const others = things.filter((one) => one !== thing)
  const at = before === null || before === thing ? others.length : others.indexOf(before)
  return before === thing ? [...things] : [...others.slice(0, at), thing, ...others.slice(at)]
}

/** Move a thing one place to the front or to the back. */
export function moved(things: readonly string[], thing: string, by: -1 | 1): string[] {
  const at = things.indexOf(thing)
  const to = at + by
  if (at < 0 || to < 0 || to >= things.length) return [...things]
  const next = things.filter((one) => one !== thing)
  next.splice(to, 0, thing)
  return next
}
