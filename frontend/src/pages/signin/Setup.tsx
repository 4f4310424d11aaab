import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { api } from '../../api/client.ts'
import { useRead, useWrite } from '../../api/hooks.tsx'
import { useLanguage } from '../../app/language.ts'
import { Door } from './Door.tsx'
import { NewPassword } from '../../components/NewPassword.tsx'

type Given = { name: string; email: string; password: string }

/** The first administrator, by the one-time link that the server prints at its first start. */
export function Page() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const setup = useRead<{ needed: boolean }>('/setup')
  const token = params.get('token')
  if (setup.data?.needed === false) {
    return <Door title={t('setup.done')}><Link to="/sign-in">{t('setup.toSignIn')}</Link></Door>
  }
  if (!token) {
    return <Door title={t('signIn.notSetUp')}><Alert type="info" showIcon title={t('signIn.notSetUpHow')} /></Door>
  }
  return (
    <Door title={t('setup.title')} lead={t('setup.lead')}>
      <FirstForm token={token} />
    </Door>
  )
}

function FirstForm({ token }: { token: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const go = useNavigate()
  const client = useQueryClient()
  const create = useWrite(
    ({ name, email, password }: Given) => api.post('/setup', { token, name, email, password, language }),
    {
      quiet: true,
      after: () => {
        client.clear()
        void go('/', { replace: true })
      },
    },
  )
  return (
    <Form layout="vertical" requiredMark={false} size="large" onFinish={(given: Given) => create.mutate(given)}>
      {create.error && <Alert type="error" showIcon title={create.error.say(language)} style={{ marginBottom: 16 }} />}
      <Form.Item name="name" label={t('setup.name')} rules={[{ required: true, whitespace: true, message: t('setup.nameNeeded') }]}>
        <Input autoComplete="name" autoFocus />
      </Form.Item>
      <Form.Item name="email" label={t('setup.email')} rules={[{ required: true, type: 'email', message: t('setup.emailNeeded') }]}>
        <Input autoComplete="username" inputMode="email" />
      </Form.Item>
      <NewPassword />
      <Button type="primary" htmlType="submit" block loading={create.isPending}>{t('setup.create')}</Button>
    </Form>
  )
}
