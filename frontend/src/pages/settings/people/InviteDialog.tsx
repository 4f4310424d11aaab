import { Form, Input, TreeSelect } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { SecretOnce } from '../../../components/SecretOnce.tsx'
import { unitTree } from '../units/tree.ts'
import { RoleSelect } from './RoleSelect.tsx'
import { useNames } from './useNames.ts'

type Given = { name: string; email: string; role: string; unit_id?: string }

/** Invite somebody: the link is shown once, to be sent by whatever means. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const names = useNames()
  const [link, setLink] = useState<string | null>(null)
  const invite = useWrite((given: Given) => api.post<{ link: string }>('/invitations', { ...given, unit_id: given.unit_id ?? null }), {
    refresh: ['/invitations', '/staff'], quiet: true, after: (made) => setLink(made.link),
  })
  if (link) return <SecretOnce title={t('people.invited')} secret={link} how={t('people.invitedHow')} onClose={onClose} />
  return (
    <FormDialog<Given> title={t('people.invite')} initial={{ role: 'viewer' }} submit={t('people.makeLink')} error={invite.error} busy={invite.isPending} onSubmit={(given) => invite.mutate(given)} onClose={onClose}>
      <Form.Item name="name" label={t('people.name')} rules={[{ required: true, whitespace: true, message: t('setup.nameNeeded') }]}><Input /></Form.Item>
      <Form.Item name="email" label={t('setup.email')} rules={[{ required: true, type: 'email', message: t('people.emailWrong') }]}><Input inputMode="email" /></Form.Item>
      <Form.Item name="role" label={t('people.role')}><RoleSelect /></Form.Item>
      <Form.Item name="unit_id" label={t('people.unit')} extra={t('people.unitHow')}><TreeSelect allowClear treeData={unitTree(names.units)} treeDefaultExpandAll /></Form.Item>
    </FormDialog>
  )
}
