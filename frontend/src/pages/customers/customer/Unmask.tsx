import { Alert, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { ClearField } from '../../../api/customers.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'

type Given = { reason: string }
type Props = { id: string; onClose: () => void; onShown: (fields: ClearField[]) => void }

/** Contact data in clear: it is said before that this is written down, and why is asked. */
export function Unmask({ id, onClose, onShown }: Props) {
  const { t } = useTranslation()
  const show = useWrite(({ reason }: Given) => api.post<{ fields: ClearField[] }>(`/customers/${id}/unmask`, { reason }), {
    after: ({ fields }) => { onShown(fields); onClose() }, quiet: true,
  })
  return (
    <FormDialog<Given> title={t('customer.unmask')} initial={{}} submit={t('customer.show')} error={show.error} busy={show.isPending} onSubmit={(given) => show.mutate(given)} onClose={onClose}>
      <Alert type="warning" showIcon title={t('customer.logged')} style={{ marginBottom: 16 }} />
      <Form.Item name="reason" label={t('customer.reason')} rules={[{ required: true, whitespace: true, message: t('customer.reasonNeeded') }]}><Input maxLength={200} placeholder={t('customer.reasonSuch')} /></Form.Item>
    </FormDialog>
  )
}
