import { DatePicker, Select, type TableColumnsType } from 'antd'
import dayjs from 'dayjs'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../../api/people.ts'
import { DataTable } from '../../../components/DataTable.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { useWho } from '../../../components/useWho.ts'
import './audit.css'

/** Who did what, before and after, from where. */
export function Page() {
  const { t } = useTranslation()
  const who = useWho()
  const [chosen] = useAddress()
  const columns: TableColumnsType<AuditRow> = [
    { title: t('audit.at'), dataIndex: 'at', render: (at: string) => dayjs(at).format('YYYY-MM-DD HH:mm:ss') },
    { title: t('audit.actor'), key: 'actor', render: (_, row) => who(row.actor ?? 'system') },
    { title: t('audit.action'), key: 'action', render: (_, row) => <>{t(`auditAction.${row.action}`, { defaultValue: row.action })} <span className="soft">{t(`auditNoun.${row.noun}`, { defaultValue: row.noun })}</span></> },
    { title: t('audit.change'), key: 'change', render: (_, row) => <Change row={row} /> },
    { title: t('audit.address'), dataIndex: 'address', render: (address: string | null) => <span className="soft">{address ?? '—'}</span> },
  ]
  const days = { since: dayStart(chosen.get('since')), until: dayEnd(chosen.get('until')) }
  return (
    <>
      <PageHead title={t('audit.title')} lead={t('audit.lead')} />
      <DataTable<AuditRow> path="/audit" rowKey="seq" label={t('audit.title')} columns={columns} params={{ ...days, action: chosen.get('action') }} filters={<><Actions /><Days /></>} />
    </>
  )
}

const dayStart = (day: string | null) => (day ? dayjs(day).startOf('day').toISOString() : null)
const dayEnd = (day: string | null) => (day ? dayjs(day).endOf('day').toISOString() : null)

/** The log holds names of actions; a reader chooses by what they mean. */
function Actions() {
  const { t, i18n } = useTranslation()
  const [chosen, choose] = useAddress()
  const names = Object.entries(i18n.getResource(i18n.language, 'translation', 'auditAction') as Record<string, string>)
  return (
    <Select
      allowClear showSearch={{ optionFilterProp: 'label' }} value={chosen.get('action') ?? undefined} placeholder={t('audit.anyAction')} aria-label={t('audit.action')} popupMatchSelectWidth={false}
      options={names.map(([value, label]) => ({ value, label }))} onChange={(action?: string) => choose({ action: action ?? null })}
    />
  )
}

function Days() {
  const [chosen, choose] = useAddress()
  const day = (name: string) => { const words = chosen.get(name); return words ? dayjs(words) : null }
  return (
    <DatePicker.RangePicker
      value={[day('since'), day('until')]} allowEmpty={[true, true]}
      onChange={(range) => choose({ since: range?.[0]?.format('YYYY-MM-DD') ?? null, until: range?.[1]?.format('YYYY-MM-DD') ?? null })}
    />
  )
}

/** What was changed, field by field, in words; what is not known by a name stands as the log has it. */
function Change({ row }: { row: AuditRow }) {
  const { t } = useTranslation()
  if (row.before === null && row.after === null) return <span className="soft">—</span>
  const fields = fieldsOf(row)
  const words = fields.map(([name, before, after]) => `${t(`auditField.${name}`, { defaultValue: name })}${t('common.colon')}${shown(after ?? before, t)}`).join(t('common.comma'))
  return (
    <details className="wrap small">
      <summary>{words.length > BRIEF ? `${words.slice(0, BRIEF)}…` : words || '—'}</summary>
      <dl className="audit-fields">
        {fields.map(([name, before, after]) => (
          <div key={name}><dt>{t(`auditField.${name}`, { defaultValue: name })}</dt><dd>{row.before !== null && row.after !== null && before !== after && <><del>{shown(before, t)}</del> → </>}{shown(after ?? before, t)}</dd></div>
        ))}
      </dl>
    </details>
  )
}

const BRIEF = 60

type Plain = string | number | boolean | null | undefined
type Field = [name: string, before: unknown, after: unknown]

function fieldsOf({ before, after }: AuditRow): Field[] {
  const [was, is] = [before, after].map((side) => (side ?? {}) as Record<string, unknown>)
  return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].map((name) => [name, was?.[name], is?.[name]])
}

/** A value as people read it: yes and no, lists, and a sentence in the reader's language where there is one. */
function shown(value: unknown, t: TFunction): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (Array.isArray(value)) return value.map((one) => shown(one, t)).join(t('common.list')) || '—'
  if (typeof value !== 'object') return String(value as Plain)
  return Object.entries(value).map(([key, one]) => `${t(`auditField.${key}`, { defaultValue: key })} ${shown(one, t)}`).join(t('common.comma')) || '—'
}
