import { Button, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Invitation } from '../../../api/people.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { When } from '../../../components/When.tsx'
import { useNames } from './useNames.ts'

export function Invitations() {
  const { t } = useTranslation()
  const names = useNames()
  const revoke = useWrite((id: string) => api.delete(`/invitations/${id}`), { refresh: ['/invitations'], done: t('people.revoked') })
  const columns: TableColumnsType<Invitation> = [
    { title: t('people.name'), dataIndex: 'name' },
    { title: t('setup.email'), dataIndex: 'email' },
    { title: t('people.role'), key: 'role', render: (_, row) => names.role(row.role) },
    { title: t('people.unit'), key: 'unit', render: (_, row) => names.unit(row.unit_id) || '—' },
    { title: t('people.state'), key: 'state', render: (_, row) => <State row={row} /> },
    { title: t('people.sent'), dataIndex: 'created_at', render: (at: string) => <When at={at} /> },
    { title: <span className="hidden">{t('people.revoke')}</span>, key: 'revoke', render: (_, row) => state(row) === 'open' && <Button size="small" onClick={() => revoke.mutate(row.id)}>{t('people.revoke')}</Button> },
  ]
  return <DataTable<Invitation> path="/invitations" rowKey="id" label={t('people.invitations')} columns={columns} local={({ name, email }) => `${name} ${email}`} empty={<EmptyState title={t('people.noInvitations')} how={t('people.noInvitationsHow')} />} />
}

const state = (row: Invitation): 'accepted' | 'revoked' | 'expired' | 'open' =>
  row.accepted_at ? 'accepted' : row.revoked_at ? 'revoked' : new Date(row.expires_at) < new Date() ? 'expired' : 'open'

function State({ row }: { row: Invitation }) {
  const { t } = useTranslation()
  const now = state(row)
  return <span className={`tag ${now === 'accepted' ? 'good' : now === 'open' ? 'accent' : ''}`}>{t(`invitationState.${now}`)}</span>
}
