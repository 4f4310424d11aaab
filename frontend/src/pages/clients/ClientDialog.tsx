import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import type { Client } from '../../api/customers.ts'
import { useRead, useWrite, type Page } from '../../api/hooks.tsx'
import { FormDialog } from '../../components/FormDialog.tsx'

type Given = { key: string; name: string; tier?: string; contract?: string; contract_from?: string; renewal_on?: string; owner_id?: string }

/** Add or change a client; a change on an older state is refused and says who was first. */
export function ClientDialog({ client, onClose }: { client: Client | null; onClose: () => void }) {
  const { t } = useTranslation()
  const owners = useRead<Page<{ id: string; name: string }>>('/clients/owners')
  const save = useWrite(
    (given: Given) => {
      const body = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.trim() || null]))
      return client ? api.put(`/clients/${client.id}`, { ...body, revision: client.revision }) : api.post('/clients', body)
    },
    { refresh: ['/clients'], done: t('common.saved'), after: onClose, quiet: true },
  )
  const initial: Partial<Given> = client
    ? { key: client.key, name: client.name, tier: client.tier ?? undefined, contract: client.contract ?? undefined, contract_from: client.contract_from ?? undefined, renewal_on: client.renewal_on ?? undefined, owner_id: client.owner_id ?? undefined }
    : {}
  const needed = [{ required: true, whitespace: true, message: t('clients.needed') }]
  return (
    <FormDialog<Given> title={client ? client.name : t('clients.add')} initial={initial} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="name" label={t('clients.name')} rules={needed}><Input maxLength={200} /></Form.Item>
      <Form.Item name="key" label={t('clients.key')} extra={t('clients.keyHow')} rules={needed}><Input maxLength={200} /></Form.Item>
      <Form.Item name="tier" label={t('clients.tier')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="contract" label={t('clients.contract')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="contract_from" label={t('clients.contractFrom')}><Input type="date" /></Form.Item>
      <Form.Item name="renewal_on" label={t('clients.renewal')}><Input type="date" /></Form.Item>
      <Form.Item name="owner_id" label={t('clients.owner')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={(owners.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} /></Form.Item>
    </FormDialog>
  )
}
