/** Satisfaction bands in words: data hold them in one language, `1–2 不满意`, pages say them in theirs. */
import type { TFunction } from 'i18next'
import { periodWords } from './periods.ts'

/** Before the name of a rating: its bands, as a column. */
export const BAND = 'band:'

const KINDS: Readonly<Record<string, string>> = {
  不满意: 'unhappy', 一般: 'between', 满意: 'happy', 贬损者: 'detractor', 中立者: 'passive', 推荐者: 'promoter',
  dissatisfied: 'unhappy', neutral: 'between', satisfied: 'happy', detractors: 'detractor', passives: 'passive', promoters: 'promoter',
}

function bandWords(value: string, t: TFunction): string {
  const at = value.indexOf(' ')
  const kind = KINDS[value.slice(at + 1)]
  return at < 0 || kind === undefined ? value : `${value.slice(0, at)} ${t(`bands.${kind}`)}`
}

/** A group of a column as people say it: a band in the page's language, any other as the data have it. */
export const groupWords = (column: string, value: string, t: TFunction): string => (column.startsWith(BAND) ? bandWords(value, t) : value)

/** A group of a column, or a period by its grain, in words. */
export const groupOf = (column: string, value: string | null | undefined, grain: string | null, t: TFunction): string | null | undefined =>
  column === 'period' ? periodWords(grain, value) : value && groupWords(column, value, t)

/** A rating's name without the mark of its bands. */
export const bandless = (column: string): string => (column.startsWith(BAND) ? column.slice(BAND.length) : column)

/** A group that others are compared with; beside groups of its own column its value alone. */
export function besideOwn(words: string, by: Readonly<Record<string, string | null>>, t: TFunction): string {
  const at = words.indexOf('=')
  if (at <= 0) return words
  const column = words.slice(0, at)
  const group = groupWords(column, words.slice(at + 1), t)
  return column in by ? group : `${bandless(column)} ${group}`
}
