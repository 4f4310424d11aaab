import { Form, Input, TreeSelect } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { StaffRow } from '../../../api/people.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { unitTree } from '../units/tree.ts'
import { RoleSelect } from './RoleSelect.tsx'
import { useNames } from './useNames.ts'

type Given = { login: string; name: string; role: string; email?: string; mobile?: string; unit_id?: string; external_key?: string; password?: string }

/** Add or change a person. */
export function StaffDialog({ staff, onClose }: { staff: StaffRow | null; onClose: () => void }) {
  const { t } = useTranslation()
  const names = useNames()
  const save = useWrite(
    (given: Given) => {
      const { password, ...plain } = given
      const body = Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, value || null]))
      return staff ? api.put(`/staff/${staff.id}`, { ...body, revision: staff.revision, language: staff.language }) : api.post('/staff', { ...body, password: password || null })
    },
    { refresh: ['/staff'], done: t('common.saved'), after: onClose, quiet: true },
  )
  const initial = staff ? { ...staff, email: staff.email ?? undefined, mobile: staff.mobile ?? undefined, unit_id: staff.unit_id ?? undefined, external_key: staff.external_key ?? undefined } : { role: 'viewer' }
  return (
    <FormDialog<Given> title={staff ? staff.name : t('people.add')} initial={initial} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="name" label={t('people.name')} rules={[{ required: true, whitespace: true, message: t('setup.nameNeeded') }]}><Input /></Form.Item>
      <Form.Item name="login" label={t('people.login')} rules={[{ required: true, whitespace: true, message: t('signIn.loginNeeded') }]}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="role" label={t('people.role')}><RoleSelect /></Form.Item>
      <Form.Item name="unit_id" label={t('people.unit')}><TreeSelect allowClear treeData={unitTree(names.units)} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: 'title' }} /></Form.Item>
      <Form.Item name="email" label={t('setup.email')} rules={[{ type: 'email', message: t('people.emailWrong') }]}><Input inputMode="email" /></Form.Item>
      <Form.Item name="external_key" label={t('people.externalKey')} extra={t('people.externalKeyHow')}><Input /></Form.Item>
      {!staff && <Form.Item name="password" label={t('signIn.newPassword')} extra={t('people.passwordHow')}><Input.Password autoComplete="new-password" /></Form.Item>}
    </FormDialog>
  )
}
