import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { api } from '../../api/client.ts'
import { useWrite } from '../../api/hooks.tsx'
import { useLanguage } from '../../app/language.ts'
import { Door } from './Door.tsx'
import { NewPassword } from '../../components/NewPassword.tsx'

type Given = { password: string }

/** Accept an invitation, or set a forgotten password: choose one, and in. */
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
  const accept = useWrite(({ password }: Given) => api.post('/invitations/accept', { token, password, language }), {
    quiet: true,
    after: () => {
      client.clear()
      void go('/', { replace: true })
    },
  })
  return (
    <Form layout="vertical" requiredMark={false} size="large" onFinish={(given: Given) => accept.mutate(given)}>
      {accept.error && <Alert type="error" showIcon title={accept.error.say(language)} style={{ marginBottom: 16 }} />}
      <NewPassword />
      <Button type="primary" htmlType="submit" block loading={accept.isPending}>{t('invitation.accept')}</Button>
    </Form>
  )
}
