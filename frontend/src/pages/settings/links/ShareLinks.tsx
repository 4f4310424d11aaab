import { Button, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../../api/client.ts'
import type { DatasetRow } from '../../../api/data.ts'
import type { ShareLink } from '../../../api/people.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { count } from '../../../components/format.ts'
import { PageHead } from '../../../components/PageHead.tsx'
import { When } from '../../../components/When.tsx'
import { Lifetime } from './Lifetime.tsx'

/** Links that were given away, and how often they were opened. */
export function Page() {
  const { t } = useTranslation()
  const datasets = useRead<Listed<DatasetRow>>('/datasets').data?.items ?? []
  const revoke = useWrite((id: string) => api.delete(`/share-links/${id}`), { refresh: ['/share-links'], done: t('tokens.revoked') })
  const name = (id: string | null) => datasets.find((one) => one.id === id)?.name ?? '—'
  const columns: TableColumnsType<ShareLink> = [
    { title: t('links.what'), key: 'what', render: (_, row) => <>{t(`shareKind.${row.kind}`, { defaultValue: row.kind })} · {name(row.dataset_id)}</> },
    { title: t('tokens.by'), dataIndex: 'by' },
    { title: t('links.at'), dataIndex: 'created_at', render: (at: string) => <When at={at} /> },
    { title: t('links.opened'), dataIndex: 'n_opened', className: 'number', render: (n: number) => count(n) },
    { title: t('links.guards'), key: 'guards', render: (_, row) => [row.has_password && t('links.password'), row.watermark && t('share.watermark')].filter(Boolean).join(t('common.list')) || '—' },
    { title: t('tokens.until'), key: 'until', render: (_, row) => <Lifetime row={row} /> },
    { title: <span className="hidden">{t('tokens.revoke')}</span>, key: 'revoke', render: (_, row) => !row.revoked_at && <Button size="small" onClick={() => revoke.mutate(row.id)}>{t('tokens.revoke')}</Button> },
  ]
  return (
    <>
      <PageHead title={t('links.title')} lead={t('links.lead')} />
      <DataTable<ShareLink> path="/share-links" rowKey="id" label={t('links.title')} columns={columns} local={(row) => `${row.by} ${name(row.dataset_id)}`} exports empty={<EmptyState title={t('links.none')} how={t('links.noneHow')}><Link to="/report">{t('areas.report')}</Link></EmptyState>} />
    </>
  )
}
