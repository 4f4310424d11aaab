/** The question in the address ↔ the Query that the server takes (docs/contracts.md). */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Condition = { column: string; operator: Operator; values: string[] }

export type Asked = {
  metrics: string[]
  by: string[]
  where: Condition[]
  since: string | null
  until: string | null
  grain: string | null
  compare: string | null
}

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

export function readAsked(address: URLSearchParams, columns: readonly string[]): Asked {
  return {
    metrics: address.getAll('metric'),
    by: address.getAll('by'),
    where: address.getAll('where').map((words) => readCondition(words, columns)).filter((one) => one !== null),
    since: address.get('since'),
    until: address.get('until'),
    grain: address.get('grain'),
    compare: address.get('compare'),
  }
}

export const askedAddress = (asked: Asked) => ({ ...asked, metrics: null, metric: asked.metrics, where: asked.where.map(conditionWords) })

/** What is sent: complete conditions only, so that a half-written one does not stop the page. */
export const queryOf = ({ metrics, by, where, since, until, grain, compare }: Asked) => ({
  metrics, by, where: where.filter(({ values }) => values.length > 0).map(conditionWords), since, until, grain, compare,
})
