import type { TFunction } from 'i18next'
import { bandless, groupWords } from '../bands.ts'
/** The question in the address ↔ the Query that the server takes (docs/contracts.md). */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Condition = { column: string; operator: Operator; values: string[] }
/** Known shares of a column's values, each of 1. */
export type Margins = Record<string, Record<string, number>>

/** Asked in the more detailed half of the form: one word each. */
export const SINGLE = ['weight', 'strata', 'cluster', 'level', 'points', 'scene', 'subtotals', 'include_flagged', 'rules_version'] as const
export type Single = (typeof SINGLE)[number]

export type Asked = {
  metrics: string[]
  by: string[]
  where: Condition[]
  since: string | null
  until: string | null
  grain: string | null
  compare: string | null
  benchmark_table: string | null
  margins: Margins
  exclude_flagged: string[]
} & Record<Single, string | null>

/** Every name that a question has in the address. */
export const ADDRESS = ['metric', 'by', 'where', 'since', 'until', 'grain', 'compare', 'benchmark_table', 'margins', 'exclude_flagged', ...SINGLE] as const

const OPERATORS: readonly Operator[] = ['!=', '<=', '>=', '=', '<', '>']

/** `列=值|值`, as on the command line; the columns' names tell where a name ends. */
export function readCondition(words: string, columns: readonly string[]): Condition | null {
  const named = [...columns].sort((a, b) => b.length - a.length).find((name) => words.startsWith(name))
  const rest = named === undefined ? words : words.slice(named.length)
  const operator = OPERATORS.find((one) => (named === undefined ? rest.includes(one) : rest.startsWith(one)))
  if (!operator) return null
  const at = rest.indexOf(operator)
  return { column: named ?? rest.slice(0, at), operator, values: rest.slice(at + operator.length).split('|').filter(Boolean) }
}

export const conditionWords = ({ column, operator, values }: Condition): string => `${column}${operator}${values.join('|')}`

const MOST_NAMED = 6

/** A condition as people read it; of many values the first. */
function conditionText({ column, operator, values }: Condition, t: TFunction): string {
  const named = values.slice(0, MOST_NAMED).map((value) => groupWords(column, value.trim(), t)).join(t('common.list'))
  const facts = { column: bandless(column.trim()), values: values.length > MOST_NAMED ? `${named} …` : named }
  if (operator === '=') return t('condition.is', facts)
  return operator === '!=' ? t('condition.not', facts) : `${facts.column} ${t(`operator.${operator}`)} ${facts.values}`
}

/** A condition that stands as it is typed, as people read it. */
export function conditionSaid(words: string, t: TFunction): string {
  const one = readCondition(words, [])
  return one ? conditionText(one, t) : words
}

/** Conditions that all hold, as people read them. */
export const partWords = (part: readonly Condition[], t: TFunction): string => part.map((one) => conditionText(one, t)).join(t('common.comma'))

function readMargins(words: string | null): Margins {
  try {
    return JSON.parse(words ?? '{}') as Margins
  } catch {
    return {}
  }
}

export function readAsked(address: URLSearchParams, columns: readonly string[]): Asked {
  return {
    metrics: address.getAll('metric'),
    by: address.getAll('by'),
    where: address.getAll('where').map((words) => readCondition(words, columns)).filter((one) => one !== null),
    since: address.get('since'),
    until: address.get('until'),
    grain: address.get('grain'),
    compare: address.get('compare'),
    benchmark_table: address.get('benchmark_table'),
    margins: readMargins(address.get('margins')),
    exclude_flagged: address.getAll('exclude_flagged'),
    ...(Object.fromEntries(SINGLE.map((name) => [name, address.get(name)])) as Record<Single, string | null>),
  }
}

export const askedAddress = (asked: Asked) => ({
  ...asked, metrics: null, metric: asked.metrics, where: asked.where.map(conditionWords),
  margins: Object.keys(asked.margins).length ? JSON.stringify(asked.margins) : null,
})

/** What is sent: complete conditions only, so that a half-written one does not stop the page. */
export const queryOf = ({ where, margins, level, subtotals, include_flagged, rules_version, ...asked }: Asked) => ({
  ...asked,
  where: where.filter(({ values }) => values.length > 0).map(conditionWords),
  margins: Object.keys(margins).length ? margins : null,
  ...(level ? { level: Number(level) } : {}),
  ...(rules_version ? { rules_version: Number(rules_version) } : {}),
  subtotals: subtotals !== null,
  include_flagged: include_flagged !== null,
})

/** Which comparisons have another side: the same periods for all, the rest and a group only by groups. */
export const comparesOverTime = (compare: string | null): boolean => ['previous', 'year_ago', 'year_ago_lunar'].includes(compare ?? '')

/** Keep a comparison only while its other side exists. */
export function settled(asked: Asked): Asked {
  const { compare, by } = asked
  const group = compare?.includes('=') && !by.some((name) => compare.startsWith(`${name}=`))
  const without = (compare === 'rest' && by.length === 0) || group || (comparesOverTime(compare) && !asked.grain && !(asked.since && asked.until))
  return without ? { ...asked, compare: null, benchmark_table: null } : asked
}
