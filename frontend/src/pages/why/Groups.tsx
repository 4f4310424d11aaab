import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { CallChip } from '../../components/CallChip.tsx'
import { count, difference, interval, number, share } from '../../components/format.ts'
import type { Dimension, Group, Why } from '../../api/why.ts'
import { groupName } from './waterfall.ts'
import { Listing } from '../../components/Listing.tsx'

/** The groups of a dimension: what each brought, of which mix and rate, and whether it stands out. */
export function Groups({ why, dimension }: { why: Why; dimension: Dimension }) {
  return <Listing<Group> columns={useColumns(why)} dataSource={dimension.groups} rowKey={(row) => `${row.value ?? ''}:${String(row.folded)}`} page={20} />
}

/** Of a gap what a group brings is its share times its own gap: both sides are the same people. */
function useColumns(why: Why): TableColumnsType<Group> {
  const { t } = useTranslation()
  const { unit, gap } = why
  const moved = (value: number) => difference(value, unit, t('unit.sharePoints'))
  const measured = (value: string, below: string) => <span className="measured"><span className="estimate">{value}</span><span className="evidence">{below}</span></span>
  const way = (row: Group) => `${number(row.before, unit)} → ${number(row.after, unit)}`
  const estimated = (key: 'contribution' | 'beyond', title: string): TableColumnsType<Group>[number] => ({
    title: t(title), key, className: 'number', sorter: (a, b) => a[key].estimate - b[key].estimate,
    render: (_, row) => measured(moved(row[key].estimate), interval(row[key].low, row[key].high, unit)),
  })
  const group: TableColumnsType<Group>[number] = { title: t('why.group'), key: 'value', render: (_, row) => <div className="wrap">{groupName(row, t)}{row.flags.map((flag) => <div key={flag} className="tiny soft">{t(`why.flag.${flag}`, { defaultValue: flag })}</div>)}</div> }
  const brought = [
    estimated('contribution', gap ? 'why.gap.contribution' : 'why.contribution'),
    estimated('beyond', gap ? 'why.gap.beyond' : 'why.beyond'),
  ]
  const call: TableColumnsType<Group>[number] = { title: t('why.call'), key: 'call', render: (_, row) => <CallChip comparison={comparison(row, why, gap ? t('why.gap.all') : 'previous')} unit={unit} higherIsBetter={why.definition.higher_is_better} /> }
  if (gap) {
    return [
      group,
      { title: t('why.gap.here'), key: 'here', className: 'number', render: (_, row) => way(row) },
      { title: t('why.share'), key: 'share', className: 'number', sorter: (a, b) => a.share_after - b.share_after, render: (_, row) => measured(share(row.share_after), `n ${count(row.n_after)}`) },
      ...brought, call,
    ]
  }
  return [
    group, ...brought, call,
    { title: t('why.rate'), key: 'rate', className: 'number', render: (_, row) => measured(moved(row.rate), way(row)) },
    { title: t('why.mix'), key: 'mix', className: 'number', render: (_, row) => measured(moved(row.mix), `${share(row.share_before)} → ${share(row.share_after)}`) },
    { title: 'n', key: 'n', className: 'number', render: (_, row) => `${count(row.n_before)} → ${count(row.n_after)}` },
  ]
}

/** What is tested of a group, in the shape of every comparison. */
const comparison = (row: Group, why: Why, against: string) =>
  row.folded > 0 ? null : { against, reference: null, difference: row.beyond.estimate, low: row.beyond.low, high: row.beyond.high, p: row.p, q: row.q, delta: why.definition.delta, family: why.family, call: row.call, n_more: null, note: null, only_alone: row.call === 'cannot_tell' && row.beyond.low !== null && row.beyond.high !== null && (row.beyond.low > 0 || row.beyond.high < 0) }
