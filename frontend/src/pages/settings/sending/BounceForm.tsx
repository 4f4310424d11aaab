import { Alert, Button, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import type { BounceSettings, Transport } from '../../../api/sending.ts'
import { count } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'

type Given = BounceSettings & { secret?: string }
const USUAL: Partial<Given> = { port: 993, security: 'tls', folder: 'INBOX', on: true }

/** The mailbox of mails that come back; its password never comes back. */
export function BounceForm() {
  const { t } = useTranslation()
  const read = useRead<Transport<BounceSettings>>('/sending/bounces')
  return (
    <section className="panel stack tight" aria-label={t('sending.settings.bounces')}>
      <h2>{t('sending.settings.bounces')}</h2>
      <p className="small soft">{t('sending.settings.bouncesHow')}</p>
      <Loaded read={read} rows={3}>{(found) => <Box key={found.revision} found={found} />}</Loaded>
    </section>
  )
}

function Box({ found }: { found: Transport<BounceSettings> }) {
  const { t } = useTranslation()
  const save = useWrite(
    ({ secret, ...settings }: Given) => api.put('/sending/bounces', { settings, secret: secret || null, revision: found.revision }),
    { refresh: ['/sending/bounces'], done: t('common.saved') },
  )
  const look = useWrite(() => api.post<{ waiting: number }>('/sending/bounces/test', {}))
  const needed = [{ required: true, message: t('sending.needed') }]
  return (
    <>
      <Form<Given> layout="vertical" requiredMark={false} initialValues={found.settings ?? USUAL} onFinish={(given) => save.mutate(given)}>
        <div className="row">
          <Form.Item name="host" label={t('sending.settings.imapHost')} rules={needed}><Input /></Form.Item>
          <Form.Item name="port" label={t('sending.settings.port')} rules={needed}><InputNumber min={1} max={65535} /></Form.Item>
          <Form.Item name="security" label={t('sending.settings.security')}><Select style={{ width: 128 }} options={['tls', 'starttls', 'none'].map((value) => ({ value, label: value.toUpperCase() }))} /></Form.Item>
          <Form.Item name="user" label={t('sending.settings.user')} rules={needed}><Input autoComplete="off" /></Form.Item>
          <Form.Item name="secret" label={t('sending.settings.password')}><Input.Password autoComplete="new-password" placeholder={found.has_secret ? t('sending.settings.kept') : ''} /></Form.Item>
          <Form.Item name="folder" label={t('sending.settings.folder')} rules={needed}><Input /></Form.Item>
          <Form.Item name="on" label={t('sending.settings.bouncesOn')} valuePropName="checked"><Switch /></Form.Item>
        </div>
        <Button htmlType="submit" loading={save.isPending}>{t('common.save')}</Button>
      </Form>
      {found.settings && (
        <div className="row">
          <Button onClick={() => look.mutate(undefined)} loading={look.isPending}>{t('sending.settings.lookNow')}</Button>
          {look.data && <Alert showIcon type="success" title={t('sending.settings.waiting', { n: count(look.data.waiting) })} />}
        </div>
      )}
    </>
  )
}
