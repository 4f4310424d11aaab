import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { api, ROOT } from '../../api/client.ts'
import { useRead, useWrite } from '../../api/hooks.tsx'
import { useLanguage, useSay, type Text } from '../../app/language.ts'
import { Door } from './Door.tsx'

type Provider = { id: string; title: Text; kind: 'form' | 'redirect' }

/** Only addresses of this site: a link must not lead elsewhere after the sign-in. */
export function safeNext(next: string | null): string {
  return next && next.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/'
}

export function Page() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const next = safeNext(params.get('next'))
  const setup = useRead<{ needed: boolean }>('/setup')
  if (setup.data?.needed) return <NotSetUp />
  return (
    <Door title={t('signIn.title')}>
      {params.has('ended') && <Alert type="info" showIcon title={t('signIn.ended')} style={{ marginBottom: 16 }} />}
      <Providers next={next} />
      <PasswordForm next={next} fault={params.get('fault')} />
    </Door>
  )
}

function NotSetUp() {
  const { t } = useTranslation()
  return (
    <Door title={t('signIn.notSetUp')}>
      <Alert type="info" showIcon title={t('signIn.notSetUpHow')} />
    </Door>
  )
}

function PasswordForm({ next, fault }: { next: string; fault: string | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const go = useNavigate()
  const client = useQueryClient()
  useEffect(() => client.removeQueries({ queryKey: ['/me'] }), [client])
  const enter = useWrite((given: { login: string; password: string }) => api.post('/session', given), {
    quiet: true,
    after: () => {
      client.clear()
      void go(next, { replace: true })
    },
  })
  return (
    <Form layout="vertical" requiredMark={false} size="large" onFinish={(given: { login: string; password: string }) => enter.mutate(given)}>
      {enter.error && <Alert type="error" showIcon title={enter.error.say(language)} style={{ marginBottom: 16 }} />}
      {fault && !enter.error && <Alert type="error" showIcon title={t('signIn.providerFault')} style={{ marginBottom: 16 }} />}
      <Form.Item name="login" label={t('signIn.login')} rules={[{ required: true, message: t('signIn.loginNeeded') }]}>
        <Input autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordNeeded') }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={enter.isPending}>{t('signIn.enter')}</Button>
    </Form>
  )
}

function Providers({ next }: { next: string }) {
  const { t } = useTranslation()
  const say = useSay()
  const found = useRead<{ items: Provider[] }>('/sign-in/providers')
  const providers = (found.data?.items ?? []).filter(({ kind }) => kind === 'redirect')
  if (providers.length === 0) return null
  return (
    <>
      <div className="providers">
        {providers.map(({ id, title }) => (
          <Button key={id} size="large" block href={`${ROOT}/sign-in/${encodeURIComponent(id)}/start?next=${encodeURIComponent(next)}`}>
            {t('signIn.by', { name: say(title) })}
          </Button>
        ))}
      </div>
      <p className="or">{t('signIn.or')}</p>
    </>
  )
}
