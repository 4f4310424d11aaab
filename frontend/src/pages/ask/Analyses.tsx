import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import { CallChip } from '../../components/CallChip.tsx'
import type { Cell } from '../../components/cells.ts'
import { Chart } from '../../components/Chart.tsx'
import { Facts } from '../../components/Facts.tsx'
import { count, difference, interval, number, ownInterval, plain } from '../../components/format.ts'
import type { DriverResult } from '../../api/drivers.ts'
import { chartHeight, chartOf } from '../../components/question/chart.ts'
import type { Why } from '../../api/why.ts'
import type { Answered, Relation } from './result.ts'

const MOST = 5
const LEAST_P = 0.001

/** The change in one line, the groups that pushed it, and what is said there. */
export function WhyBrief({ why }: { why: Why }) {
  const { t } = useTranslation()
  const say = useSay()
  const { whole, unit } = why
  if (why.not_estimable) return null
  const pushing = why.contributors.slice(0, MOST)
  return (
    <>
      <Facts
        facts={why.gap ? [
          [t('why.gap.us'), number(why.gap.ours, unit)],
          [say(why.gap.rival), number(why.gap.theirs, unit)],
          [t('why.gap.pairs'), count(whole.comparison?.n_pairs)],
          [t('why.call'), <CallChip key="call" comparison={whole.comparison} unit={unit} counted={whole.counted} higherIsBetter={why.definition.higher_is_better} />],
        ] : [
          [t('why.before'), `${number(whole.comparison?.reference, unit)} ${why.whole_before ? ownInterval({ ...why.whole_before, unit }) : ''}`],
          [t('why.after'), `${number(whole.estimate, unit)} ${ownInterval({ low: whole.low, high: whole.high, unit })}`],
          ['n', why.whole_before ? `${count(why.whole_before.n)} → ${count(whole.n)}` : count(whole.n)],
          [t('why.call'), <CallChip key="call" comparison={whole.comparison} unit={unit} counted={whole.counted} higherIsBetter={why.definition.higher_is_better} />],
        ]}
      />
      {pushing.length > 0 && (
        <div className="stack tight">
          <h3>{t('why.where')}</h3>
          <ol className="ask-list">{pushing.map((one) => <li key={`${one.dimension} ${one.value ?? ''}`}>{say(one.label)}＝{one.value ?? t('query.unknown')} <span className="soft">{difference(one.contribution.estimate, unit, t('unit.sharePoints'))} {interval(one.contribution.low, one.contribution.high, unit)} · n {why.gap ? count(one.n_after) : `${count(one.n_before)} → ${count(one.n_after)}`}</span></li>)}</ol>
        </div>
      )}
      {why.gap && why.voices.length > 0 && <h3>{t('why.gap.voices', { rival: say(why.gap.rival) })}</h3>}
      <Voices voices={why.voices.slice(0, MOST)} />
    </>
  )
}

/** What goes with a number, by the share of it that each explains. */
export function Drivers({ found }: { found: DriverResult }) {
  const { t } = useTranslation()
  const say = useSay()
  const cells = useMemo(() => found.drivers.filter(({ share }) => share !== null).map((one): Cell => ({
    by: { driver: say(one.label) || one.column }, metric: 'share', label: one.label, unit: 'share', n: one.n, n_customers: one.n,
    estimate: one.share ?? 0, low: one.low, high: one.high,
  })), [found, say])
  const words = useMemo(() => ({ n: ({ n, counted = 'answers' }: Cell) => t(`n.${counted}`, { n: count(n) }), unknown: t('query.unknown') }), [t])
  const option = useCallback((colours: Parameters<typeof chartOf>[1], wide: boolean) => chartOf({ cells, words, definition: undefined, ordered: true }, colours, wide), [cells, words])
  if (cells.length === 0) return null
  return <figure className="ask-figure"><figcaption>{t('ask.driverShare')}</figcaption><Chart option={option} height={chartHeight(cells)} label={t('ask.driverShare')} /></figure>
}

export function Related({ found }: { found: Relation }) {
  const { t } = useTranslation()
  return <Facts facts={[[t('ask.correlation'), `${plain(found.correlation)} [${plain(found.low)}, ${plain(found.high)}]`], ['n', count(found.n)], ['p', found.p !== null && found.p < LEAST_P ? '< 0.001' : plain(found.p, 3)]]} />
}

export function Voices({ voices }: { voices: NonNullable<Answered['voices']> }) {
  const { t } = useTranslation()
  if (voices.length === 0) return null
  return <div className="stack tight">{voices.map(({ text, rating, by }) => <blockquote key={text} className="ask-voice">{text} <span className="small soft">{Object.values(by ?? {}).filter(Boolean).join(' · ')}</span>{rating !== null && <span className="tag">{t('why.rated', { rating })}</span>}</blockquote>)}</div>
}
