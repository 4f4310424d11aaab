import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input, Select, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Roles, Token } from '../../../api/people.ts'
import type { Right } from '../../../api/types.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { SecretOnce } from '../../../components/SecretOnce.tsx'
import { Lifetime } from '../links/Lifetime.tsx'
import { When } from '../../../components/When.tsx'

type Given = { name: string; scope: Right[]; days: number }
type Possible = Listed<Token> & { possible_scope: Right[]; longest_days: number }

const DAYS = [30, 90, 365] as const

/** Keys for other programs: each with its own scope and end. */
export function Page() {
  const { t } = useTranslation()
  const [making, setMaking] = useState(false)
  return (
    <>
      <PageHead title={t('tokens.title')} lead={t('tokens.lead')} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('tokens.make')}</Button>} />
      <DataTable<Token> path="/tokens" rowKey="id" label={t('tokens.title')} columns={useColumns()} local={({ name, by }) => `${name} ${by}`} exports empty={<EmptyState title={t('tokens.none')} how={t('tokens.noneHow')} />} />
      {making && <TokenDialog onClose={() => setMaking(false)} />}
    </>
  )
}

function useColumns(): TableColumnsType<Token> {
  const { t } = useTranslation()
  const say = useSay()
  const rights = useRead<Roles>('/roles').data?.rights
  const revoke = useWrite((id: string) => api.delete(`/tokens/${id}`), { refresh: ['/tokens'], done: t('tokens.revoked') })
  return [
    { title: t('tokens.name'), key: 'name', render: (_, row) => <>{row.name} <code className="soft">{row.prefix}…</code></> },
    { title: t('tokens.scope'), key: 'scope', render: (_, row) => <div className="wrap small">{row.scope.map((right) => say(rights?.[right]) || right).join(t('common.list'))}</div> },
    { title: t('tokens.by'), dataIndex: 'by' },
    { title: t('tokens.used'), key: 'used', render: (_, row) => <When at={row.last_used_at} /> },
    { title: t('tokens.until'), key: 'until', render: (_, row) => <Lifetime row={row} /> },
    { title: <span className="hidden">{t('tokens.revoke')}</span>, key: 'revoke', render: (_, row) => !row.revoked_at && <Button size="small" onClick={() => revoke.mutate(row.id)}>{t('tokens.revoke')}</Button> },
  ]
}

function TokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const possible = useRead<Possible>('/tokens')
  const rights = useRead<Roles>('/roles').data?.rights
  const [secret, setSecret] = useState<string | null>(null)
  const make = useWrite((given: Given) => api.post<{ secret: string }>('/tokens', given), { refresh: ['/tokens'], quiet: true, after: (made) => setSecret(made.secret) })
  if (secret) return <SecretOnce title={t('tokens.made')} secret={secret} how={t('tokens.madeHow')} onClose={onClose} />
  return (
    <FormDialog<Given> title={t('tokens.make')} initial={{ scope: ['see_scores'], days: 90 }} error={make.error} busy={make.isPending} onSubmit={(given) => make.mutate(given)} onClose={onClose}>
      <Form.Item name="name" label={t('tokens.name')} extra={t('tokens.nameHow')} rules={[{ required: true, whitespace: true, message: t('import.nameNeeded') }]}><Input /></Form.Item>
      <Form.Item name="scope" label={t('tokens.scope')} rules={[{ required: true, message: t('tokens.scopeNeeded') }]}>
        <Checkbox.Group className="stack tight" options={(possible.data?.possible_scope ?? []).map((value) => ({ value, label: say(rights?.[value]) || value }))} />
      </Form.Item>
      <Form.Item name="days" label={t('share.days')}><Select options={DAYS.map((value) => ({ value, label: t('share.nDays', { count: value }) }))} /></Form.Item>
    </FormDialog>
  )
}
