import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import type { Outcome } from '../../../api/sending.ts'

/** Send one message with what is kept, and say what the other side said. */
export function TestMessage({ channel }: { channel: 'mail' | 'sms' }) {
  const { t } = useTranslation()
  const test = useWrite(({ to }: { to: string }) => api.post<Outcome>(`/sending/${channel}/test`, { to }))
  return (
    <Form<{ to: string }> layout="inline" onFinish={(given) => test.mutate(given)}>
      <Form.Item name="to" label={t('sending.settings.testTo')} rules={[{ required: true, message: t('sending.needed') }]}><Input /></Form.Item>
      <Button htmlType="submit" loading={test.isPending}>{t('sending.settings.test')}</Button>
      {test.data && <Alert showIcon type={test.data.taken ? 'success' : 'error'} title={test.data.taken ? t('sending.settings.took') : t('sending.settings.refused', { why: test.data.why })} />}
    </Form>
  )
}
