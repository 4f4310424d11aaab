import type { TableColumnsType } from 'antd'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Aspect, Gap, Why } from '../../api/why.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import { CallChip } from '../../components/CallChip.tsx'
import { Chart, type Colours } from '../../components/Chart.tsx'
import { Facts } from '../../components/Facts.tsx'
import { count, difference, interval, number } from '../../components/format.ts'
import { Listing } from '../../components/Listing.tsx'
import { Absent } from '../../components/NumberWithInterval.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { Places } from './Answer.tsx'
import { gapChart, gapChartHeight } from './gaps.ts'
import { Voices } from './Voices.tsx'

/** Beside a competitor: how far, on what, in which groups, and what those say who rate it higher. */
export function GapFound({ why, gap }: { why: Why; gap: Gap }) {
  const { t } = useTranslation()
  const say = useSay()
  const { whole, unit } = why
  const compared = whole.comparison
  const rival = say(gap.rival)
  return (
    <>
      <section className="panel stack">
        <p className="why-finding">{say(why.finding)}</p>
        {why.not_estimable ? <Absent reason={why.not_estimable} /> : (
          <Facts
            facts={[
              [t('why.gap.us'), number(gap.ours, unit)],
              [rival, number(gap.theirs, unit)],
              [t('why.gap.gap'), `${difference(compared?.difference, unit, t('unit.sharePoints'))} ${interval(compared?.low, compared?.high, unit)}`],
              [t('why.gap.pairs'), count(compared?.n_pairs)],
              gap.n_behind !== null && [t('why.gap.behind', { rival }), count(gap.n_behind)],
              [t('why.call'), <CallChip key="call" comparison={compared} unit={unit} higherIsBetter={why.definition.higher_is_better} />],
            ]}
          />
        )}
      </section>
      <Aspects why={why} gap={gap} />
      {!why.not_estimable && <Places why={why} />}
      <Voices why={why} />
      {why.notes.length > 0 && <section className="panel stack small soft">{why.notes.map((note) => <p key={say(note)}>{say(note)}</p>)}</section>}
    </>
  )
}

/** Everything that is asked of both, furthest behind first. */
function Aspects({ why, gap }: { why: Why; gap: Gap }) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const named = useMemo(() => gap.aspects.map((aspect) => ({ ...aspect, words: say(aspect.name) })), [gap, language])
  const option = useCallback((colours: Colours, wide: boolean) => gapChart(named, why, t, colours, wide), [named, why, t])
  const known = named.some(({ comparison }) => comparison?.difference != null)
  return (
    <section className="panel stack">
      <h2>{t('why.gap.aspects')}</h2>
      <p className="soft small">{t('why.gap.aspectsHow', { rival: say(gap.rival), n: named.length })}</p>
      {known && <Chart option={option} height={gapChartHeight(named.length)} label={t('why.gap.aspectsChart', { rival: say(gap.rival) })} />}
      <Listing<Aspect> columns={useColumns(why, gap)} dataSource={gap.aspects} rowKey="metric" />
    </section>
  )
}

function useColumns(why: Why, gap: Gap): TableColumnsType<Aspect> {
  const { t } = useTranslation()
  const say = useSay()
  const [chosen] = useAddress()
  const to = (metric: string) => {
    const next = new URLSearchParams(chosen)
    next.set('metric', metric)
    return `?${next.toString()}`
  }
  return [
    { title: t('why.gap.aspect'), key: 'name', render: (_, row) => (row.metric === why.whole.metric ? <strong>{say(row.name)}</strong> : <Link to={to(row.metric)}>{say(row.name)}</Link>) },
    { title: t('why.gap.us'), key: 'ours', className: 'number', render: (_, row) => number(row.ours, row.unit) },
    { title: say(gap.rival), key: 'theirs', className: 'number', render: (_, row) => number(row.comparison?.reference, row.unit) },
    { title: t('why.gap.gap'), key: 'gap', className: 'number', render: (_, row) => <span className="measured"><span className="estimate">{difference(row.comparison?.difference, row.unit, t('unit.sharePoints'))}</span><span className="evidence">{interval(row.comparison?.low, row.comparison?.high, row.unit)}</span></span> },
    { title: t('why.gap.pairs'), key: 'n', className: 'number', render: (_, row) => count(row.comparison?.n_pairs) },
    { title: t('why.call'), key: 'call', render: (_, row) => <CallChip comparison={row.comparison} unit={row.unit} higherIsBetter={why.definition.higher_is_better} /> },
  ]
}
