import type { Column, Offered } from '../../api/data.ts'
import type { Cell } from '../../components/cells.ts'
import { answersTo, groupChoices, type Choice, type Say } from '../../components/measures.ts'
import { FIRST_ANSWER, type ViewAnswer } from '../../components/view/answer.ts'
import { daysOf, PERIOD, sayable } from '../../components/view/keeping.ts'
import { changed, conditionsOf, sameCondition, type Drawn } from './drawn.ts'

/** From the large to the small, by role and by what columns are usually called. */
const CHAIN: readonly ((column: Column) => boolean)[] = [
  ({ name }) => /国家|country/i.test(name),
  ({ name }) => /大区|区域|region/i.test(name),
  ({ name }) => /省|province/i.test(name),
  ({ name }) => /城市|city|^市$/i.test(name),
  ({ role }) => role === 'unit',
  ({ role }) => role === 'staff',
]
const AFTER_STAGE: readonly ((column: Column) => boolean)[] = [({ role }) => role === 'stage', ({ role }) => role === 'touchpoint', ({ role }) => role === 'channel']
const MOST_LEVELS = 11

function nextIn(chain: readonly ((column: Column) => boolean)[], columns: Column[], used: readonly string[]): string | null {
  const places = chain.map((fits) => columns.find(fits)?.name ?? null)
  const last = Math.max(...used.map((name) => places.indexOf(name)))
  return last < 0 ? null : places.slice(last + 1).find((name) => name !== null && !used.includes(name)) ?? null
}

/** Where a mark can be opened further; the next step of its hierarchy first. */
export function stepsDown(columns: Column[], drawn: Drawn, say: Say): Choice[] {
  const used = [...drawn.by, ...drawn.where.map(({ column }) => column)]
  const left = groupChoices(columns, say).filter(({ value }) => !used.includes(value))
  const next = nextIn(CHAIN, columns, drawn.by) ?? nextIn(AFTER_STAGE, columns, drawn.by)
  return [...left.filter(({ value }) => value === next), ...left.filter(({ value }) => value !== next)]
}

type Asked = Pick<ViewAnswer, 'query' | 'result'>

/** Whether all that a mark stands for can be kept to: who gave no group, or no day, cannot be told by a condition. */
export const canBeKept = (cell: Cell, answer: Asked): boolean =>
  Object.entries(cell.by).every(([column, value]) => (column === PERIOD ? daysOf(cell, answer) !== null : sayable(value)))

const joined = (drawn: Drawn, cell: Cell, operator: '=' | '!='): Pick<Drawn, 'where'> => {
  const own = conditionsOf(cell.by).map((one) => ({ ...one, operator }))
  return { where: [...drawn.where, ...own.filter((one) => !drawn.where.some((other) => sameCondition(one, other)))] }
}

/** Keep to a mark: its groups become conditions, its period the days that are asked for; first answers are told by the grain. */
export function onlyThis(drawn: Drawn, cell: Cell, answer: Asked): Partial<Drawn> {
  const days = daysOf(cell, answer)
  const grain = FIRST_ANSWER in cell.by ? answer.result.query.grain : null
  return { ...joined(drawn, cell, '='), ...(days ? { ...days, grain, chart: null } : {}) }
}

/** See what the metric of a mark is made of; levels of a rating stand in their order. */
export const partsOf = (drawn: Drawn, cell: Cell, answer: Asked, metrics: string[]): Partial<Drawn> =>
  ({ grain: null, ...onlyThis(drawn, cell, answer), metrics, by: [], compare: null, chart: null, ...(metrics.every((one) => one.startsWith('share:')) ? { sort: 'data' } : {}) })

/** Leave the groups of a mark out. */
export const without = (drawn: Drawn, cell: Cell): Partial<Drawn> => joined(drawn, cell, '!=')

/** Open a mark by another column: what it stands for is kept to, the column takes its place. */
export function downInto(drawn: Drawn, cell: Cell, answer: Asked, column: string): Partial<Drawn> {
  const by = [column, ...drawn.by.filter((name) => !(name in cell.by))]
  return { ...onlyThis(drawn, cell, answer), by, chart: null, ...(drawn.compare?.includes('=') ? { compare: 'rest' } : {}) }
}

/** How a group does by each aspect, beside the rest of all: the others are asked, it alone is drawn. */
export function asideOf(columns: Column[], drawn: Drawn, cell: Cell): Partial<Drawn> | null {
  const aspects = columns.filter(({ role, usable }) => role === 'aspect' && usable).map(({ name }) => `score:${name}`)
  const [column] = drawn.by
  const group = column === undefined ? null : cell.by[column] ?? null
  if (drawn.by.length !== 1 || drawn.grain !== null || group === null || drawn.only !== null || aspects.length < 2) return null
  return { metrics: aspects, only: group, compare: 'rest', chart: null, sort: 'worst', top: null, target: null }
}

/** Aspects of the index, indicators of an aspect, levels of a rating: what a metric is made of. */
export function madeOf(columns: Column[], operations: readonly Offered[], metric: string): string[] {
  const indicators = operations.find(({ id }) => id === metric)?.parts
  if (indicators) return indicators
  if (metric === 'index') return columns.filter(({ role, usable }) => role === 'aspect' && usable).map(({ name }) => `score:${name}`)
  const [kind, name] = [metric.slice(0, metric.indexOf(':')), metric.slice(metric.indexOf(':') + 1)]
  const column = columns.find((one) => one.name === name)
  if (!column?.scale || kind === 'share' || !metric.includes(':')) return []
  const all = answersTo(column)
  return all.length <= MOST_LEVELS ? all.map((level) => `share:${name}=${level}`) : []
}

export { changed }
