import { Select, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Column, Ledger, Version } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay, type Text } from '../../../app/language.ts'
import { count, ordinal } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { useAddress } from '../../../components/useAddress.ts'

type Side = Version & { ledger: Ledger }
type Difference = { a: Side; b: Side; columns: { name: string; before: Column | null; after: Column | null }[] }
type Line = { key: string; name: string; a: number; b: number }

/** Two versions side by side: rows, what the rules flagged, columns that changed meaning. */
export function Compared({ id, versions }: { id: string; versions: Version[] }) {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const a = chosen.get('a') ?? String(versions[1]?.version)
  const b = chosen.get('b') ?? String(versions[0]?.version)
  const read = useRead<Difference>(`/datasets/${id}/versions/compare`, { a, b })
  const options = versions.map(({ version }) => ({ value: String(version), label: t('versions.number', { version: ordinal(version) }) }))
  return (
    <section className="panel stack">
      <div className="row">
        <h2>{t('versions.compare')}</h2>
        <Select value={a} options={options} aria-label={t('versions.from')} onChange={(value) => choose({ a: value })} />
        <span aria-hidden="true">→</span>
        <Select value={b} options={options} aria-label={t('versions.to')} onChange={(value) => choose({ b: value })} />
      </div>
      <Loaded read={read} rows={2}>{(found) => <Sides found={found} />}</Loaded>
    </section>
  )
}

function Sides({ found }: { found: Difference }) {
  const { t } = useTranslation()
  const say = useSay()
  const columns: TableColumnsType<Line> = [
    { title: t('versions.what'), dataIndex: 'name' },
    { title: t('versions.number', { version: ordinal(found.a.version) }), dataIndex: 'a', className: 'number', render: count },
    { title: t('versions.number', { version: ordinal(found.b.version) }), dataIndex: 'b', className: 'number', render: count },
  ]
  const base = [
    { key: 'rows', name: t('datasets.rows'), a: found.a.rows, b: found.b.rows },
    { key: 'valid', name: t('dataset.valid'), a: found.a.valid, b: found.b.valid },
  ]
  return (
    <>
      <Table<Line> columns={columns} dataSource={[...base, ...rules(found, say)]} pagination={false} size="small" scroll={{ x: 'max-content' }} />
      {found.columns.length > 0 && (
        <ul className="plain-list small">
          {found.columns.map(({ name, before, after }) => (
            <li key={name}>{name}: {before ? t(`roles.${before.role}`) : t('versions.newColumn')} → {after ? t(`roles.${after.role}`) : t('versions.goneColumn')}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Rules whose number of flagged rows differs. */
function rules(found: Difference, say: (text: Text) => string): Line[] {
  const before = new Map(found.a.ledger.rules.map((rule) => [rule.rule_id, rule.n_flagged]))
  return found.b.ledger.rules
    .map((rule) => ({ key: rule.rule_id, name: say(rule.title), a: before.get(rule.rule_id) ?? 0, b: rule.n_flagged }))
    .filter(({ a, b }) => a !== b)
}
