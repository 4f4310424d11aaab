import { Alert, Button, Form, Input, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Transport } from '../../../api/sending.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import { useLanguage, useSay, type Text } from '../../../app/language.ts'
import { Loaded } from '../../../components/Loaded.tsx'

type Settings = { on: boolean; url: string; model: string }
type Given = Settings & { secret?: string }
type Tried = { works: boolean; text: Text }

/** The language model that may help to read a question; its key never comes back. */
export function Model() {
  const { t } = useTranslation()
  const read = useRead<Transport<Settings>>('/ask/endpoint')
  return (
    <section className="panel stack tight" aria-label={t('askModel.title')}>
      <h2>{t('askModel.title')}</h2>
      <p className="soft">{t('askModel.how')}</p>
      <p className="small soft">{t('askModel.sent')}</p>
      <Loaded read={read} rows={3}>{(found) => <Endpoint key={found.revision} found={found} />}</Loaded>
    </section>
  )
}

function Endpoint({ found }: { found: Transport<Settings> }) {
  const { t } = useTranslation()
  const save = useWrite(
    ({ secret, ...settings }: Given) => api.put('/ask/endpoint', { settings, secret: secret || null, revision: found.revision }),
    { refresh: ['/ask/endpoint'], done: t('common.saved') },
  )
  const needed = [{ required: true, message: t('sending.needed') }]
  return (
    <>
      <Form<Given> layout="vertical" requiredMark={false} initialValues={found.settings ?? { on: false }} onFinish={(given) => save.mutate(given)}>
        <div className="row">
          <Form.Item name="url" label={t('askModel.url')} rules={[...needed, { pattern: /^https?:\/\/\S+$/, message: t('askModel.urlShape') }]}><Input placeholder="https://llm.example.com/v1" /></Form.Item>
          <Form.Item name="model" label={t('askModel.model')} rules={needed}><Input /></Form.Item>
          <Form.Item name="secret" label={t('askModel.key')}><Input.Password autoComplete="new-password" placeholder={found.has_secret ? t('sending.settings.kept') : ''} /></Form.Item>
          <Form.Item name="on" label={t('askModel.on')} valuePropName="checked"><Switch /></Form.Item>
        </div>
        <Button htmlType="submit" loading={save.isPending}>{t('common.save')}</Button>
      </Form>
      {found.settings && <Trial />}
    </>
  )
}

/** An invented question about invented columns; nothing of the company is sent. */
function Trial() {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const trial = useWrite(() => api.post<Tried>('/ask/endpoint/test', {}), { quiet: true })
  return (
    <div className="stack tight">
      <div><Button loading={trial.isPending} onClick={() => trial.mutate(undefined)}>{t('askModel.test')}</Button></div>
      {trial.error && <Alert type="error" showIcon title={trial.error.say(language)} />}
      {trial.data && <Alert type={trial.data.works ? 'success' : 'warning'} showIcon title={trial.data.works ? t('askModel.works') : say(trial.data.text)} />}
    </div>
  )
}
