import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import type { MailSettings, Transport } from '../../../api/sending.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { TestMessage } from './TestMessage.tsx'

type Given = MailSettings & { secret?: string }
const USUAL: Partial<Given> = { port: 465, security: 'tls' }

/** The mail server; its password never comes back. */
export function MailForm() {
  const { t } = useTranslation()
  const read = useRead<Transport<MailSettings>>('/sending/mail')
  return (
    <section className="panel stack tight" aria-label={t('sending.settings.mail')}>
      <h2>{t('sending.settings.mail')}</h2>
      <Loaded read={read} rows={3}>{(found) => <Server key={found.revision} found={found} />}</Loaded>
    </section>
  )
}

function Server({ found }: { found: Transport<MailSettings> }) {
  const { t } = useTranslation()
  const save = useWrite(
    ({ secret, ...settings }: Given) => api.put('/sending/mail', { settings, secret: secret || null, revision: found.revision }),
    { refresh: ['/sending/mail'], done: t('common.saved') },
  )
  const needed = [{ required: true, message: t('sending.needed') }]
  return (
    <>
      <Form<Given> layout="vertical" requiredMark={false} initialValues={found.settings ?? USUAL} onFinish={(given) => save.mutate(given)}>
        <div className="row">
          <Form.Item name="host" label={t('sending.settings.host')} rules={needed}><Input /></Form.Item>
          <Form.Item name="port" label={t('sending.settings.port')} rules={needed}><InputNumber min={1} max={65535} /></Form.Item>
          <Form.Item name="security" label={t('sending.settings.security')}><Select style={{ width: 128 }} options={['tls', 'starttls', 'none'].map((value) => ({ value, label: value.toUpperCase() }))} /></Form.Item>
          <Form.Item name="user" label={t('sending.settings.user')}><Input autoComplete="off" /></Form.Item>
          <Form.Item name="secret" label={t('sending.settings.password')}><Input.Password autoComplete="new-password" placeholder={found.has_secret ? t('sending.settings.kept') : ''} /></Form.Item>
          <Form.Item name="from_address" label={t('sending.settings.fromAddress')} rules={needed}><Input /></Form.Item>
          <Form.Item name="from_name" label={t('sending.settings.fromName')}><Input /></Form.Item>
          <Form.Item name="reply_to" label={t('sending.settings.replyTo')}><Input placeholder={t('sending.settings.replyToHow')} /></Form.Item>
        </div>
        <Button htmlType="submit" loading={save.isPending}>{t('common.save')}</Button>
      </Form>
      {found.settings && <TestMessage channel="mail" />}
    </>
  )
}
