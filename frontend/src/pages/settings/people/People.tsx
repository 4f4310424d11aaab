import { FileExcelOutlined, MailOutlined, UserAddOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Roles } from '../../../api/people.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { PageHead } from '../../../components/PageHead.tsx'
import { PageTabs } from '../../../components/PageTabs.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { ImportStaff } from './ImportStaff.tsx'
import { Invitations } from './Invitations.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { RolesTable } from './RolesTable.tsx'
import { StaffDialog } from './StaffDialog.tsx'
import { StaffTable } from './StaffTable.tsx'
import type { StaffRow } from '../../../api/people.ts'

/** Who works here, what they may do, who is invited. */
export function Page() {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const [inviting, setInviting] = useState(false)
  const [importing, setImporting] = useState(false)
  const [edited, setEdited] = useState<StaffRow | 'new' | null>(null)
  const tabs = [
    { key: 'staff', label: t('people.staff'), children: <StaffTable filters={<Filters />} onEdit={setEdited} /> },
    { key: 'invitations', label: t('people.invitations'), children: <Invitations /> },
    { key: 'roles', label: t('people.roles'), children: <RolesTable /> },
  ]
  return (
    <>
      <PageHead
        title={t('people.title')} lead={t('people.lead')}
        actions={<>
          <Button icon={<FileExcelOutlined />} onClick={() => setImporting(true)}>{t('roster.title')}</Button>
          <Button icon={<UserAddOutlined />} onClick={() => setEdited('new')}>{t('people.add')}</Button>
          <Button type="primary" icon={<MailOutlined />} onClick={() => setInviting(true)}>{t('people.invite')}</Button>
        </>}
      />
      <PageTabs items={tabs} activeKey={chosen.get('tab') ?? 'staff'} onChange={(tab) => choose({ tab: tab === 'staff' ? null : tab, search: null })} />
      {importing && <ImportStaff onClose={() => setImporting(false)} />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {edited && <StaffDialog staff={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function Filters() {
  const { t } = useTranslation()
  const say = useSay()
  const [chosen, choose] = useAddress()
  const roles = useRead<Roles>('/roles')
  return (
    <Select
      allowClear value={chosen.get('role') ?? undefined} placeholder={t('people.allRoles')} aria-label={t('people.role')} popupMatchSelectWidth={false}
      options={(roles.data?.items ?? []).map(({ role, text }) => ({ value: role, label: say(text) }))} onChange={(role?: string) => choose({ role: role ?? null })}
    />
  )
}
