import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, type TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { StaffRow } from '../../../api/people.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useMe } from '../../../app/me.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { useNames } from './useNames.ts'

type Props = { filters: ReactNode; onEdit: (staff: StaffRow) => void }

export function StaffTable({ filters, onEdit }: Props) {
  const { t } = useTranslation()
  const [chosen] = useAddress()
  return <DataTable<StaffRow> path="/staff" rowKey="id" label={t('people.staff')} columns={useColumns(onEdit)} params={{ role: chosen.get('role') }} filters={filters} />
}

function useColumns(onEdit: (staff: StaffRow) => void): TableColumnsType<StaffRow> {
  const { t } = useTranslation()
  const names = useNames()
  return [
    {
      title: t('people.name'), key: 'name',
      render: (_, row) => <span className="row"><button type="button" className="as-link" onClick={() => onEdit(row)}>{row.name}</button>{row.disabled_at && <span className="tag bad">{t('people.disabled')}</span>}</span>,
    },
    { title: t('people.login'), dataIndex: 'login' },
    { title: t('people.role'), key: 'role', render: (_, row) => names.role(row.role) },
    { title: t('people.unit'), key: 'unit', render: (_, row) => names.unit(row.unit_id) || '—' },
    { title: t('people.source'), key: 'source', render: (_, row) => <span className="soft">{t(`staffSource.${row.source}`, { defaultValue: row.source })}</span> },
    { title: <span className="hidden">{t('common.more')}</span>, key: 'more', className: 'number', render: (_, row) => <RowMenu row={row} onEdit={onEdit} /> },
  ]
}

function RowMenu({ row, onEdit }: { row: StaffRow; onEdit: (staff: StaffRow) => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const turn = (to: 'enable' | 'disable') => (revision: number) => api.post<StaffRow>(`/staff/${row.id}/${to}`, { revision })
  const disable = useWrite(turn('disable'), {
    refresh: ['/staff'], done: t('people.didDisable', { name: row.name }), undo: ({ revision }) => turn('enable')(revision),
  })
  const enable = useWrite(turn('enable'), { refresh: ['/staff'], done: t('people.didEnable', { name: row.name }) })
  const out = useWrite(() => api.post(`/staff/${row.id}/sign-out`), { done: t('people.didSignOut', { name: row.name }) })
  const items = [
    { key: 'edit', label: t('common.edit'), onClick: () => onEdit(row) },
    { key: 'out', label: t('people.signOut'), onClick: () => out.mutate(undefined) },
    row.disabled_at
      ? { key: 'enable', label: t('people.enable'), onClick: () => enable.mutate(row.revision) }
      : { key: 'disable', danger: true, disabled: row.id === me.staff.id, label: t('people.disable'), onClick: () => disable.mutate(row.revision) },
  ]
  return <Dropdown menu={{ items }} trigger={['click']}><Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('people.menu', { name: row.name })} /></Dropdown>
}
