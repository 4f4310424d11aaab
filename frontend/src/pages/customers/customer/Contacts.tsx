import { EyeInvisibleOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { ClearField, Consent, ContactField, CustomerDetail } from '../../../api/customers.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { DASH } from '../../../components/format.ts'
import { When } from '../../../components/When.tsx'

type Props = { customer: CustomerDetail; clear: ClearField[]; onHide: () => void }

const TONE: Record<Consent, string> = { unknown: '', given: 'good', refused: 'bad', withdrawn: 'bad' }
const CONSENTS = ['unknown', 'given', 'refused', 'withdrawn'] as const

/** Contact fields: masked until somebody says why they need them; purpose and consent of each. */
export function Contacts({ customer, clear, onHide }: Props) {
  const { t } = useTranslation()
  const mayWrite = useMay()('edit_codebook')
  const [edited, setEdited] = useState<ContactField | null>(null)
  const shown = new Map(clear.map(({ id, value }) => [id, value]))
  const names = new Map(customer.datasets.map(({ id, name }) => [id, name]))
  const columns: TableColumnsType<ContactField> = [
    { title: t('customer.field'), dataIndex: 'name' },
    { title: t('customer.value'), key: 'value', render: (_, row) => <span className="value">{shown.get(row.id) ?? row.masked}</span> },
    { title: t('customer.from'), key: 'from', render: (_, row) => <span className="soft">{(row.dataset_id && names.get(row.dataset_id)) || DASH}</span> },
    { title: t('customer.purpose'), key: 'purpose', render: (_, row) => row.purpose ?? <span className="soft">{t('customer.noPurpose')}</span> },
    { title: t('customer.consent'), key: 'consent', render: (_, row) => <span className="row"><span className={`tag ${TONE[row.consent]}`}>{t(`consent.${row.consent}`)}</span>{row.consent_at && <span className="soft small"><When at={row.consent_at} /></span>}</span> },
    { title: <span className="hidden">{t('common.edit')}</span>, key: 'edit', className: 'number', render: (_, row) => mayWrite && <Button size="small" aria-label={t('customer.editField', { name: row.name })} onClick={() => setEdited(row)}>{t('common.edit')}</Button> },
  ]
  return (
    <section className="panel flush contacts">
      <div className="table-tools">
        <h2>{t('customer.contacts')}</h2>
        <span className="gap" />
        {clear.length > 0 && <><span className="tag doubt">{t('customer.inClear')}</span><Button size="small" icon={<EyeInvisibleOutlined />} onClick={onHide}>{t('customer.hide')}</Button></>}
      </div>
      <Table<ContactField> className="listing" columns={columns} dataSource={customer.fields} rowKey="id" pagination={false} size="middle" scroll={{ x: 'max-content' }} />
      {edited && <FieldDialog customer={customer.id} field={edited} onClose={() => setEdited(null)} />}
    </section>
  )
}

type Given = { purpose?: string; consent: Consent }

function FieldDialog({ customer, field, onClose }: { customer: string; field: ContactField; onClose: () => void }) {
  const { t } = useTranslation()
  const was = { purpose: field.purpose, consent: field.consent }
  const save = useWrite((given: Given) => api.put(`/customers/${customer}/fields/${field.id}`, { purpose: given.purpose?.trim() || null, consent: given.consent, was }), {
    refresh: ['/customers'], done: t('common.saved'), after: onClose, quiet: true,
  })
  return (
    <FormDialog<Given> title={field.name} initial={{ purpose: field.purpose ?? undefined, consent: field.consent }} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="purpose" label={t('customer.purpose')} extra={t('customer.purposeHow')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="consent" label={t('customer.consent')}><Select options={CONSENTS.map((value) => ({ value, label: t(`consent.${value}`) }))} /></Form.Item>
    </FormDialog>
  )
}
