import { PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, type TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import type { Blocked } from '../../../api/sending.ts'
import { useMay } from '../../../app/me.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { When } from '../../../components/When.tsx'

const PATH = '/sending/do-not-contact'

/** Who is left alone; addresses are masked. */
export function BlockedList() {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  return (
    <section className="stack tight" aria-label={t('sending.settings.blocked')}>
      <div className="row far"><h2>{t('sending.settings.blocked')}</h2><Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('sending.settings.add')}</Button></div>
      <DataTable<Blocked> path={PATH} rowKey="id" label={t('sending.settings.blocked')} columns={useColumns()} local={(row) => `${row.shown} ${reasonOf(row, t)}`} empty={<EmptyState title={t('sending.settings.blockedNone')} how={t('sending.settings.blockedNoneHow')} />} />
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </section>
  )
}

function useColumns(): TableColumnsType<Blocked> {
  const { t } = useTranslation()
  const sets = useMay()('manage_settings')
  const remove = useWrite((id: string) => api.delete(`/sending/do-not-contact/${id}`), { refresh: [PATH], done: t('common.saved') })
  return [
    { title: t('sending.settings.address'), dataIndex: 'shown', render: (_, { kind, shown }) => kind === 'customer' ? t('sending.settings.oneCustomer', { shown }) : shown },
    { title: t('sending.settings.reason'), key: 'reason', render: (_, row) => reasonOf(row, t) },
    { title: t('tokens.by'), dataIndex: 'added_by' },
    { title: t('sending.settings.since'), key: 'at', render: (_, row) => <When at={row.added_at} /> },
    { title: <span className="hidden">{t('sending.settings.remove')}</span>, key: 'remove', render: (_, row) => sets && <Button size="small" onClick={() => remove.mutate(row.id)}>{t('sending.settings.remove')}</Button> },
  ]
}

/** What brought somebody onto the list: a word of ours, or what a colleague or a mail server wrote. */
function reasonOf({ reason, source }: Blocked, t: TFunction): string {
  if (source === 'bounce') return t('sending.settings.cameBack', { why: reason })
  return source === 'own' ? t(`sending.settings.own.${reason}`, { defaultValue: reason }) : reason
}

type Given = { addresses: string; reason: string }

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const add = useWrite(
    ({ addresses, reason }: Given) => api.post(PATH, { addresses: addresses.split('\n').map((one) => one.trim()).filter(Boolean), reason }),
    { refresh: [PATH], done: t('common.saved'), quiet: true, after: onClose },
  )
  const needed = [{ required: true, whitespace: true, message: t('sending.needed') }]
  return (
    <FormDialog<Given> title={t('sending.settings.blocked')} initial={{}} error={add.error} busy={add.isPending} onSubmit={(given) => add.mutate(given)} onClose={onClose}>
      <Form.Item name="addresses" label={t('sending.settings.addresses')} rules={needed}><Input.TextArea rows={4} /></Form.Item>
      <Form.Item name="reason" label={t('sending.settings.reason')} rules={needed}><Input maxLength={200} /></Form.Item>
    </FormDialog>
  )
}
