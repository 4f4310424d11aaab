import { Alert, Button, Form, Input, type TableColumnsType } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage, useSay } from '../../../app/language.ts'
import { useMe } from '../../../app/me.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { Facts } from '../../../components/Facts.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { When } from '../../../components/When.tsx'
import { NewPassword } from '../../../components/NewPassword.tsx'

type Session = { id: string; current: boolean; provider: string; address: string | null; agent: string | null; created_at: string; last_seen_at: string; expires_at: string }

/** One's own account: password, and where one is signed in. */
export function Page() {
  const { t } = useTranslation()
  const say = useSay()
  const { staff } = useMe()
  return (
    <>
      <PageHead title={t('shell.me')} />
      <div className="stack">
        <div className="panel"><Facts facts={[[t('people.name'), staff.name], [t('people.login'), staff.login], [t('people.role'), say(staff.role_text)]]} /></div>
        <PasswordForm />
        <Sessions />
      </div>
    </>
  )
}

function PasswordForm() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { staff } = useMe()
  const [form] = Form.useForm<{ old_password?: string; password: string }>()
  const save = useWrite(({ old_password, password }: { old_password?: string; password: string }) => api.patch('/me', { old_password: old_password ?? null, password }), {
    quiet: true, done: t('account.passwordChanged'), refresh: ['/me'], after: () => form.resetFields(),
  })
  return (
    <Form form={form} className="panel narrow" layout="vertical" requiredMark={false} onFinish={(given) => save.mutate(given)}>
      <h2 style={{ marginBottom: 16 }}>{t('account.password')}</h2>
      {save.error && <Alert type="error" showIcon title={save.error.say(language)} style={{ marginBottom: 16 }} />}
      {staff.has_password && <Form.Item name="old_password" label={t('account.oldPassword')} rules={[{ required: true, message: t('signIn.passwordNeeded') }]}><Input.Password autoComplete="current-password" /></Form.Item>}
      <NewPassword />
      <Button type="primary" htmlType="submit" loading={save.isPending}>{t('account.change')}</Button>
    </Form>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const go = useNavigate()
  const client = useQueryClient()
  const end = useWrite((id: string) => api.delete(`/me/sessions/${id}`), { refresh: ['/me/sessions'], done: t('account.ended') })
  const everywhere = useWrite(() => api.post('/me/sessions/sign-out-everywhere'), { after: () => { client.clear(); void go('/sign-in') } })
  const columns: TableColumnsType<Session> = [
    { title: t('account.device'), key: 'agent', render: (_, row) => <div className="wrap small">{device(row.agent)} {row.current && <span className="tag accent">{t('account.here')}</span>}</div> },
    { title: t('audit.address'), dataIndex: 'address', render: (address: string | null) => address ?? '—' },
    { title: t('account.seen'), dataIndex: 'last_seen_at', render: (at: string) => <When at={at} /> },
    { title: t('account.since'), dataIndex: 'created_at', render: (at: string) => <When at={at} /> },
    { title: <span className="hidden">{t('shell.signOut')}</span>, key: 'end', className: 'number', render: (_, row) => !row.current && <Button size="small" onClick={() => end.mutate(row.id)}>{t('shell.signOut')}</Button> },
  ]
  return (
    <section className="stack">
      <div className="row far"><h2>{t('account.sessions')}</h2><Button onClick={() => everywhere.mutate(undefined)} loading={everywhere.isPending}>{t('account.everywhere')}</Button></div>
      <DataTable<Session> path="/me/sessions" rowKey="id" label={t('account.sessions')} columns={columns} searches={false} exports={false} />
    </section>
  )
}

/** Browser and system in a few words, from what the browser says of itself. */
function device(agent: string | null): string {
  if (!agent) return '—'
  const browser = /MicroMessenger|wxwork|DingTalk|Feishu|Lark|Edg|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? ''
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0] ?? ''
  return [browser === 'Edg' ? 'Edge' : browser, system].filter(Boolean).join(' · ') || agent.slice(0, 60)
}
