import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import type { SmsSettings, Transport } from '../../../api/sending.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { TestMessage } from './TestMessage.tsx'

type Given = Omit<SmsSettings, 'headers'> & { headers: string; secret?: string }
const BRACES = { open: '{{', close: '}}' }

/** The SMS gateway, as its provider describes it; its secret never comes back. */
export function SmsForm() {
  const { t } = useTranslation()
  const read = useRead<Transport<SmsSettings>>('/sending/sms')
  return (
    <section className="panel stack tight" aria-label={t('sending.settings.sms')}>
      <h2>{t('sending.settings.sms')}</h2>
      <p className="small soft">{t('sending.settings.smsHow', BRACES)}</p>
      <Loaded read={read} rows={3}>{(found) => <Gateway key={found.revision} found={found} />}</Loaded>
    </section>
  )
}

function Gateway({ found }: { found: Transport<SmsSettings> }) {
  const { t } = useTranslation()
  const save = useWrite(
    ({ secret, headers, ...rest }: Given) => api.put('/sending/sms', { settings: { ...rest, headers: readHeaders(headers) }, secret: secret || null, revision: found.revision }),
    { refresh: ['/sending/sms'], done: t('common.saved') },
  )
  const kept = found.settings ?? { url: '', method: 'POST' as const, headers: {}, body: '', success: '' }
  const initial = { ...kept, headers: Object.entries(kept.headers).map((pair) => pair.join(': ')).join('\n') }
  return (
    <>
      <Form<Given> layout="vertical" requiredMark={false} initialValues={initial} onFinish={(given) => save.mutate(given)}>
        <Form.Item name="url" label={t('sending.settings.url')} rules={[{ required: true, message: t('sending.needed') }]}><Input /></Form.Item>
        <Form.Item name="headers" label={t('sending.settings.headers')}><Input.TextArea rows={2} /></Form.Item>
        <Form.Item name="body" label={t('sending.settings.smsBody')}><Input.TextArea rows={3} /></Form.Item>
        <div className="row">
          <Form.Item name="method" label={t('sending.settings.method')}><Select style={{ width: 104 }} options={['POST', 'GET', 'PUT'].map((value) => ({ value }))} /></Form.Item>
          <Form.Item name="success" label={t('sending.settings.success')}><Input /></Form.Item>
          <Form.Item name="secret" label={t('sending.settings.secret')}><Input.Password autoComplete="new-password" placeholder={found.has_secret ? t('sending.settings.kept') : ''} /></Form.Item>
        </div>
        <Button htmlType="submit" loading={save.isPending}>{t('common.save')}</Button>
      </Form>
      {found.settings && <TestMessage channel="sms" />}
    </>
  )
}

function readHeaders(words: string): Record<string, string> {
  const pairs = words.split('\n').filter((line) => line.includes(':')).map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()])
  return Object.fromEntries(pairs) as Record<string, string>
}
