import { Alert, Checkbox, Form, Input, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import type { Erasure } from '../../../api/customers.ts'
import { useForget, useRead, useWrite } from '../../../api/hooks.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { count } from '../../../components/format.ts'

type Given = { reason: string; sure: boolean }

/** Forgetting a customer cannot be undone: what goes is counted first. */
export function Erase({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const forget = useForget()
  const leave = async () => {
    onClose()
    await go('/customers')
    await forget(['/customers', '/clients', '/jobs'], `/customers/${id}`)
  }
  const read = useRead<Erasure>(`/customers/${id}/erasure`, {}, { fresh: 0 })
  const erase = useWrite(({ reason }: Given) => api.post(`/customers/${id}/erase`, { reason }), {
    done: t('customer.erased'), after: () => void leave(), quiet: true,
  })
  return (
    <FormDialog<Given> title={t('customer.erase')} initial={{ sure: false }} submit={t('customer.eraseNow')} error={erase.error ?? read.error} busy={erase.isPending} onSubmit={(given) => erase.mutate(given)} onClose={onClose}>
      <Alert type="error" showIcon title={t('customer.noUndo')} description={t('customer.noUndoHow')} style={{ marginBottom: 16 }} />
      {read.data ? <What erasure={read.data} /> : <Skeleton active paragraph={{ rows: 2 }} title={false} />}
      <Form.Item name="reason" label={t('customer.reason')} extra={t('customer.eraseReasonHow')} rules={[{ required: true, whitespace: true, message: t('customer.reasonNeeded') }]}><Input maxLength={200} /></Form.Item>
      <Form.Item name="sure" valuePropName="checked" rules={[{ validator: (_, sure) => (sure ? Promise.resolve() : Promise.reject(new Error(t('customer.sureNeeded')))) }]}><Checkbox>{t('customer.sure')}</Checkbox></Form.Item>
    </FormDialog>
  )
}

function What({ erasure }: { erasure: Erasure }) {
  const { t } = useTranslation()
  return (
    <ul className="plain-list small">
      <li>{t('customer.goFields', { n: count(erasure.fields) })}</li>
      {erasure.datasets.map((one) => <li key={one.id}>{t('customer.goRows', { name: one.name, n: count(one.rows) })}{one.files > 0 && ` · ${t('customer.goFiles', { n: count(one.files) })}`}</li>)}
      <li>{t('customer.goRest')}</li>
    </ul>
  )
}
