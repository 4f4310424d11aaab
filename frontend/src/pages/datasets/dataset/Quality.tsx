import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DatasetDetail, RuleUse } from '../../../api/data.ts'
import { useSay } from '../../../app/language.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Facts } from '../../../components/Facts.tsx'
import { count } from '../../../components/format.ts'

/** The ledger: what every rule flagged, and whether it leaves rows out. */
export function Quality({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const columns = useColumns()
  const { ledger } = dataset
  if (!ledger) return <EmptyState title={t('quality.none')} />
  return (
    <div className="stack">
      <div className="panel">
        <Facts facts={[[t('datasets.rows'), count(ledger.n_rows)], [t('dataset.valid'), count(ledger.n_valid)], [t('quality.leftOut'), count(ledger.n_rows - ledger.n_valid)]]} />
        <p className="soft small" style={{ marginTop: 16 }}>{t('quality.lead')}</p>
      </div>
      <section className="panel flush scroll-x" tabIndex={0} aria-label={t('dataset.quality')}>
        <Table<RuleUse> className="listing" columns={columns} dataSource={[...ledger.rules].sort((a, b) => b.n_flagged - a.n_flagged)} rowKey="rule_id" pagination={false} size="middle" />
      </section>
    </div>
  )
}

function useColumns(): TableColumnsType<RuleUse> {
  const { t } = useTranslation()
  const say = useSay()
  return [
    { title: t('quality.rule'), key: 'title', minWidth: 200, render: (_, rule) => <><div className="wrap">{say(rule.title)}</div><div className="tiny soft wrap">{rule.applicable ? say(rule.explanation) : say(rule.note)}</div></> },
    { title: t('quality.flagged'), key: 'flagged', className: 'number', render: (_, rule) => (rule.applicable ? count(rule.n_flagged) : <span className="soft">{t('quality.notApplicable')}</span>) },
    { title: t('quality.effect'), key: 'excludes', render: (_, rule) => <span className={rule.excludes && rule.applicable && rule.n_flagged > 0 ? 'tag bad' : 'tag'}>{t(rule.excludes ? 'quality.excludes' : 'quality.warns')}</span> },
    { title: t('quality.examples'), key: 'rows', render: (_, rule) => <span className="soft small">{rule.rows.slice(0, 8).join(t('common.list')) || '—'}</span> },
  ]
}
