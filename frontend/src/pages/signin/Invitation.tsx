import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { api } from '../../api/client.ts'
import { useWrite } from '../../api/hooks.tsx'
import { useLanguage } from '../../app/language.ts'
import { Door } from './Door.tsx'
import { NewPassword } from './NewPassword.tsx'

type Given = { name: string; password: string }

/** Accept an invitation: a name, a password, and in. */
export function Page() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const token = params.get('token')
  if (!token) {
    return <Door title={t('invitation.broken')}><p className="soft">{t('invitation.brokenHow')}</p></Door>
  }
  return (
    <Door title={t('invitation.title')} lead={t('invitation.lead')}>
      <AcceptForm token={token} />
    </Door>
  )
}

function AcceptForm({ token }: { token: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const go = useNavigate()
  const client = useQueryClient()
  const accept = useWrite(({ name, password }: Given) => api.post<{ signed_in?: boolean }>('/invitations/accept', { token, name, password }), {
    quiet: true,
    after: () => {
      client.clear()
      void go('/', { replace: true })
    },
  })
  return (
    <Form layout="vertical" requiredMark={false} size="large" onFinish={(given: Given) => accept.mutate(given)}>
      {accept.error && <Alert type="error" showIcon title={accept.error.say(language)} style={{ marginBottom: 16 }} />}
      <Form.Item name="name" label={t('setup.name')} rules={[{ required: true, whitespace: true, message: t('setup.nameNeeded') }]}>
        <Input autoComplete="name" autoFocus />
      </Form.Item>
      <NewPassword />
      <Button type="primary" htmlType="submit" block loading={accept.isPending}>{t('invitation.accept')}</Button>
    </Form>
  )
}
