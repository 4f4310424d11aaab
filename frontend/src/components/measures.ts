import type { TFunction } from 'i18next'
import type { Column } from '../api/data.ts'
import type { Text } from '../app/language.ts'
import { BAND } from './bands.ts'

export type Say = (text: Text) => string

export type Choice = { value: string; label: string }

/** Which metrics a role can give; the server checks each against the column's scale. */
const BY_ROLE: Record<string, readonly string[]> = {
  nps: ['nps', 'score'],
  overall: ['score', 'satisfied', 'dissatisfied'],
  csat: ['score', 'satisfied', 'dissatisfied'],
  aspect: ['score', 'satisfied', 'dissatisfied'],
  ces: ['ces', 'easy'],
  intent: ['intent'],
  amount: ['mean'], cost: ['mean'], duration: ['mean'], outcome: ['mean'],
}

const GROUPS: ReadonlySet<string> = new Set(['dimension', 'unit', 'staff', 'channel', 'product', 'stage', 'touchpoint', 'status', 'strata', 'cluster', 'currency'])

const usable = (columns: Column[]): Column[] => columns.filter(({ usable: sure, role }) => sure && role !== 'ignore')

export function measureChoices(columns: Column[], t: TFunction, say: Say): Choice[] {
  const shown = usable(columns)
  const alone = (role: string) => shown.filter((column) => column.role === role).length === 1
  const found = shown.flatMap((column) => {
    const name = say(column.label) || column.name
    if (column.role === 'outcome' && column.events[0] !== undefined) return [{ value: `share:${column.name}=${column.events[0]}`, label: t('measures.share', { name }) }]
    return (BY_ROLE[column.role] ?? []).map((metric) => ({ value: metric === 'nps' && alone('nps') ? 'nps' : `${metric}:${column.name}`, label: `${t(`metric.${metric}`)} · ${name}` }))
  })
  const index = columns.some(({ role }) => role === 'aspect') ? [{ value: 'index', label: t('metric.index') }] : []
  return [...found.filter(({ value }) => value.startsWith('nps')), ...index, ...found.filter(({ value }) => !value.startsWith('nps'))]
}

/** Operational metrics that the server found the dataset to give: before plain means, after what customers rated. */
export function withOperations(choices: Choice[], operations: readonly { id: string; label: Text }[], say: Say): Choice[] {
  const plain = (choice: Choice) => choice.value.startsWith('mean:')
  return [...choices.filter((choice) => !plain(choice)), ...operations.map(({ id, label }) => ({ value: id, label: say(label) })), ...choices.filter(plain)]
}

/**
 * Choices by the words they are asked in: the only NPS may name its column, as boards and files do; an operational metric that
 * names a column or a target stands beside the one that names none.
 */
export function asAsked(choices: Choice[], asked: readonly string[], columns: Column[], say: Say): Choice[] {
  const parts = asked.filter((word) => !choices.some(({ value }) => value === word)).map((word) => [word, ...split(word)] as const)
  const only = parts.find(([, metric, rest]) => metric === 'nps' && columns.some(({ name, role }) => name === rest && role === 'nps'))
  const more = parts.flatMap(([word, metric, rest]) => {
    const plain = word === only?.[0] ? undefined : choices.find(({ value }) => value === metric)
    return plain ? [{ value: word, label: `${plain.label} · ${say(columns.find(({ name }) => name === rest)?.label ?? {}) || rest}` }] : []
  })
  return [...choices.map((choice) => (only && choice.value === 'nps' ? { ...choice, value: only[0] } : choice)), ...more]
}

const split = (word: string): [string, string] => {
  const at = word.indexOf(':')
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)]
}

const LEVEL = /^share:([^=]+)=(.*)$/

/** Shares of single levels, of those metrics that are such: `share:产品质量=4` as people say it. */
export const levelChoices = (metrics: readonly string[], columns: Column[], t: TFunction, say: Say): Choice[] =>
  metrics.flatMap((value) => {
    const [, name, level] = LEVEL.exec(value) ?? []
    const column = columns.find((one) => one.name === name)
    return column && level !== column.events[0] ? [{ value, label: t('measures.level', { name: say(column.label) || name, level }) }] : []
  })

export const groupChoices = (columns: Column[], say: Say): Choice[] => {
  const names = new Map<string, string>()
  for (const column of usable(columns)) {
    if (GROUPS.has(column.role)) names.set(column.name, say(column.label) || column.name)
    else if (column.role === 'choice_set') names.set(column.group ?? column.name, column.group ?? (say(column.label) || column.name))
  }
  return [...names].map(([value, label]) => ({ value, label }))
}

const RATINGS: ReadonlySet<string> = new Set(['nps', 'csat', 'ces', 'overall', 'intent', 'aspect'])

/** The satisfaction bands of each rating, as columns to group and filter by. */
export const bandChoices = (columns: Column[], t: TFunction, say: Say): Choice[] =>
  usable(columns)
    .filter(({ role, scale }) => RATINGS.has(role) && scale !== null && scale.max > scale.min)
    .map(({ name, label }) => ({ value: `${BAND}${name}`, label: t('measures.band', { name: say(label) || name }) }))

/** What can be answered to a rating: its levels in words, else its numbers. */
export function answersTo({ scale }: Column): string[] {
  if (!scale) return []
  const levels = Object.keys(scale.levels ?? {})
  return levels.length > 0 ? levels : Array.from({ length: scale.max - scale.min + 1 }, (_, at) => String(scale.min + at))
}

/** Everything that numbers can be grouped by: columns of groups, then bands of ratings. */
export const dimensionChoices = (columns: Column[], t: TFunction, say: Say): Choice[] => [...groupChoices(columns, say), ...bandChoices(columns, t, say)]

/** Names that a condition may begin with: columns, blocks of choices, bands. */
export const namesOf = (columns: Column[]): string[] =>
  [...new Set(columns.flatMap(({ name, group, scale }) => [name, ...(group ? [group] : []), ...(scale ? [`${BAND}${name}`] : [])]))]

export const RIVAL = 'competitor'

/** Whether a comparison is one with a competitor, whichever. */
export const isGap = (compare: string): boolean => compare === RIVAL || compare.startsWith(`${RIVAL}:`)
const NAMES_RIVAL = /竞品|竞争|对手|友商|同行|competitor|rival/i

/** A rating of somebody else, as the block about a competitor asks for. */
const asksOfRival = ({ role, scale, name }: Column): boolean => scale !== null && (role === 'meta' || NAMES_RIVAL.test(name))

/** The competitor of the questionnaire: the question that asks the same of one, or a column that is named. */
export function rivalChoices(columns: Column[], t: TFunction, say: Say, chosen: string | null = null): Choice[] {
  const found = columns.filter(asksOfRival).map(({ name, label }) => ({ value: `${RIVAL}:${name}`, label: t('query.against.competitorColumn', { name: say(label) || name }) }))
  const named = chosen?.startsWith(`${RIVAL}:`) && !found.some(({ value }) => value === chosen) ? [{ value: chosen, label: t('query.against.competitorColumn', { name: chosen.slice(RIVAL.length + 1) }) }] : []
  const any = found.length > 0 || chosen?.startsWith(RIVAL) ? [{ value: RIVAL, label: t('query.against.competitor') }] : []
  return [...any, ...found, ...named]
}

/** Each competitor that a questionnaire asks about, as what a gap is to; the only one need not be named. */
export function rivalBlocks(columns: Column[], t: TFunction): Choice[] {
  const asked = columns.filter(asksOfRival)
  const blocks = [...new Set(asked.filter(({ role }) => role === 'meta').map(({ group }) => group ?? ''))].filter(Boolean)
  if (blocks.length > 1) return blocks.map((name) => ({ value: `${RIVAL}:${name}`, label: t('query.against.competitorColumn', { name }) }))
  return asked.length > 0 ? [{ value: RIVAL, label: blocks[0] ? t('query.against.competitorColumn', { name: blocks[0] }) : t('query.against.competitor') }] : []
}

/** Ratings of us that are asked of a competitor too. */
const ratedBoth = (columns: Column[]): Column[] => {
  const theirs = columns.filter(asksOfRival)
  return columns.filter(({ name, group, role, scale }) => {
    const asked = group && name.startsWith(group) ? name.slice(group.length) : name
    return RATINGS.has(role) && scale !== null && theirs.some((other) => other.name !== name && other.name.includes(asked))
  })
}

/** Measures of what is asked of a competitor too. */
export function measuresOfBoth(measures: Choice[], columns: Column[]): Choice[] {
  const both = new Set(ratedBoth(columns).map(({ name }) => name))
  return measures.filter(({ value }) => both.has(value.slice(value.indexOf(':') + 1)))
}

/** What each one gave us less what they gave the competitor, as a condition: below 0 they rate us worse. */
export const gapChoices = (columns: Column[], t: TFunction, say: Say): Choice[] =>
  ratedBoth(usable(columns)).map(({ name, label }) => ({ value: `gap:${name}`, label: t('measures.gap', { name: say(label) || name }) }))

export const conditionChoices = (columns: Column[], say: Say): Choice[] =>
  usable(columns).filter(({ role }) => role !== 'text' && role !== 'contact').map(({ name, label }) => ({ value: name, label: say(label) || name }))

export const hasTime = (columns: Column[]): boolean => columns.some(({ role }) => role === 'time')

/** Columns that have one of these roles. */
export const columnsOf = (columns: Column[], roles: readonly string[], say: Say): Choice[] =>
  usable(columns).filter(({ role }) => roles.includes(role)).map(({ name, label }) => ({ value: name, label: say(label) || name }))

const DESIGN = ['strata', 'cluster', 'unit', 'staff', 'customer', 'account', 'dimension', 'channel']

/** Columns that can say how answers were drawn. */
export const designChoices = (columns: Column[], say: Say): Choice[] => columnsOf(columns, DESIGN, say)
