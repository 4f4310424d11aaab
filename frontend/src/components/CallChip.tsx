import { Tooltip } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useSay } from '../app/language.ts'
import { besideOwn } from './bands.ts'
import type { Cell, Comparison } from './cells.ts'
import { count, difference, interval, number, plain, type Unit } from './format.ts'
import './number.css'

type Props = { comparison: Comparison | null | undefined; unit: Unit; counted?: Cell['counted']; higherIsBetter?: boolean; by?: Cell['by'] }
const SIDES: ReadonlySet<string> = new Set(['previous', 'year_ago', 'year_ago_lunar', 'same_weekdays', 'rest', 'benchmark', 'competitor'])
const OVER_TIME: ReadonlySet<string> = new Set(['previous', 'year_ago', 'year_ago_lunar', 'same_weekdays'])

const NO_GROUPS = {}

type Tone = 'good' | 'bad' | 'neutral' | 'unknown'

/** The call on a comparison: shape and word, never colour alone. */
export function CallChip({ comparison, unit, counted = 'answers', higherIsBetter = true, by = NO_GROUPS }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  if (!comparison) return null
  const side = sideOf(comparison, by, t)
  const more = { n: count(comparison.n_more), of: t(`counted.${counted}`) }
  const { tone, shape, words } = read(comparison, unit, higherIsBetter, side, more, t)
  const facts = [
    t('call.against', { side }),
    comparison.difference == null ? '' : `${t('call.difference')} ${difference(comparison.difference, unit, t('unit.sharePoints'))} ${interval(comparison.low, comparison.high, unit)}`,
    comparison.q == null ? '' : `q = ${plain(comparison.q, 3)} · ${t('call.family', { n: comparison.family })}`,
    comparison.n_pairs === undefined ? '' : t('call.pairs', { n: count(comparison.n_pairs) }),
    comparison.n_more ? t(comparison.beyond_reach ? 'call.farNumber' : 'call.moreNumber', { ...more, delta: deltaOf(comparison, unit, t) }) : '',
    say(comparison.note),
  ].filter(Boolean)
  return (
    <Tooltip title={facts.map((fact) => <div key={fact}>{fact}</div>)}>
      <span className={`chip ${tone}`} tabIndex={0}><span aria-hidden="true">{shape}</span> {words}</span>
    </Tooltip>
  )
}

/** The other number, and the difference with its interval: what the call is made of. */
export function Beside({ comparison, unit, by = NO_GROUPS }: Pick<Props, 'comparison' | 'unit' | 'by'>) {
  const { t } = useTranslation()
  if (comparison?.reference == null) return null
  const gap = comparison.difference == null ? '' : `${t('call.difference')} ${difference(comparison.difference, unit, t('unit.sharePoints'))} ${interval(comparison.low, comparison.high, unit)}`
  return <p className="small soft">{[`${sideOf(comparison, by, t)} ${number(comparison.reference, unit)}`, gap].filter(Boolean).join(' · ')}</p>
}

/** The smallest difference that matters: what more answers are counted for. */
const deltaOf = ({ delta }: Comparison, unit: Unit, t: TFunction): string => difference(delta, unit, t('unit.sharePoints')).replace(/^\+/, '')

/** What a number is compared with; a named group or span speaks for itself. */
export const sideOf = ({ against }: Comparison, by: Cell['by'], t: TFunction): string => (SIDES.has(against) ? t(`call.side.${against}`) : besideOwn(against, by, t))

function read(comparison: Comparison, unit: Unit, higherIsBetter: boolean, side: string, needed: { n: string; of: string }, t: TFunction): { tone: Tone; shape: string; words: string } {
  if (comparison.call === null) return { tone: 'unknown', shape: '◌', words: t('call.untested') }
  if (comparison.call === 'cannot_tell') {
    const missing = comparison.n_more ? t('call.more', { ...needed, side }) : ''
    const more = comparison.beyond_reach ? t('call.far', { delta: deltaOf(comparison, unit, t) }) : missing
    return { tone: 'unknown', shape: '◌', words: t('call.cannotTell') + (comparison.only_alone ? t('call.alone', { n: comparison.family }) : more) }
  }
  if (comparison.call === 'stable') return { tone: 'neutral', shape: '●', words: t('call.stable') }
  const rises = (comparison.difference ?? 0) > 0
  const overTime = OVER_TIME.has(comparison.against)
  const detail = difference(comparison.difference, unit, t('unit.sharePoints'))
  return {
    tone: rises === higherIsBetter ? 'good' : 'bad',
    shape: rises ? '▲' : '▼',
    words: `${t(overTime ? 'call.real' : 'call.realGroup')} ${detail}`,
  }
}
