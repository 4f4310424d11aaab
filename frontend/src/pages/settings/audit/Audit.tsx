import { DatePicker, Select, type TableColumnsType } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AuditRow } from '../../../api/people.ts'
import { DataTable } from '../../../components/DataTable.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { useWho } from '../../../components/useWho.ts'
import { Change, useIds } from './Change.tsx'
import './audit.css'

/** Who did what, before and after, from where. */
export function Page() {
  const { t } = useTranslation()
  const who = useWho()
  const ids = useIds()
  const [chosen] = useAddress()
  const columns: TableColumnsType<AuditRow> = [
    { title: t('audit.at'), dataIndex: 'at', render: (at: string) => dayjs(at).format('YYYY-MM-DD HH:mm:ss') },
    { title: t('audit.actor'), key: 'actor', render: (_, row) => who(row.actor ?? 'system') },
    { title: t('audit.action'), key: 'action', render: (_, row) => <>{t(`auditAction.${row.action}`, { defaultValue: row.action })} <span className="soft">{t(`auditNoun.${row.noun}`, { defaultValue: row.noun })}</span>{row.noun === 'dataset' && row.noun_id && ids.has(row.noun_id) && <> <Link className="audit-subject" to={`/datasets/${row.noun_id}`}>{ids.get(row.noun_id)}</Link></>}</> },
    { title: t('audit.change'), key: 'change', render: (_, row) => <Change row={row} ids={ids} /> },
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
