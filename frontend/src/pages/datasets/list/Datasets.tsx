import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { DatasetRow } from '../../../api/data.ts'
import { useMay } from '../../../app/me.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { DropFiles } from '../../../components/DropFiles.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { count } from '../../../components/format.ts'
import { GradeTag } from '../../../components/GradeTag.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { When } from '../../../components/When.tsx'

export function Page() {
  const { t } = useTranslation()
  const may = useMay()
  const [chosen, choose] = useAddress()
  const archived = chosen.get('archived') === 'true'
  const add = <Link to="/datasets/new"><Button type="primary" icon={<PlusOutlined />}>{t('datasets.add')}</Button></Link>
  return (
    <>
      <PageHead title={t('datasets.title')} lead={t('datasets.lead')} actions={may('import_data') && add} />
      <DataTable<DatasetRow>
        path="/datasets" rowKey="id" label={t('datasets.title')} columns={useColumns()} local={({ name }) => name} exports
        params={{ archived: archived || null }} filters={<Checkbox checked={archived} onChange={({ target }) => choose({ archived: target.checked ? 'true' : null })}>{t('removal.showArchived')}</Checkbox>}
        to={({ id }) => `/datasets/${id}`} empty={<NoData />} none={archived && <EmptyState title={t('removal.noneArchived')} how={t('removal.noneArchivedHow')} />}
      />
    </>
  )
}

function NoData() {
  const { t } = useTranslation()
  const may = useMay()
  const go = useNavigate()
  if (!may('import_data')) return <EmptyState title={t('datasets.none')} how={t('datasets.noneForReader')} />
  return (
    <EmptyState title={t('datasets.none')} how={t('datasets.noneHow')}>
      <DropFiles onFiles={(files) => void go('/datasets/new', { state: { files } })} />
    </EmptyState>
  )
}

function useColumns(): TableColumnsType<DatasetRow> {
  const { t } = useTranslation()
  return [
    {
      title: t('datasets.name'), dataIndex: 'name', sorter: (a, b) => a.name.localeCompare(b.name, 'zh'),
      render: (_, row) => (
        <span className="row">
          <Link to={`/datasets/${row.id}`}>{row.name}</Link>
          {row.generated && <span className="tag doubt">{t('dataset.generated')}</span>}
        </span>
      ),
    },
    { title: t('datasets.rows'), key: 'rows', className: 'number', sorter: (a, b) => (a.version?.rows ?? 0) - (b.version?.rows ?? 0), render: (_, row) => count(row.version?.rows) },
    { title: t('datasets.grade'), key: 'grade', render: (_, row) => <GradeTag grade={row.version?.grade ?? null} /> },
    { title: t('datasets.state'), key: 'state', render: (_, row) => <State row={row} /> },
    { title: t('datasets.fresh'), key: 'fresh', sorter: (a, b) => a.updated_at.localeCompare(b.updated_at), render: (_, row) => <When at={row.version?.created_at ?? row.updated_at} /> },
    {
      title: <span className="hidden">{t('datasets.open')}</span>, key: 'open',
      render: (_, row) => row.version && <span className="row"><Link to={`/report?dataset=${row.id}`}>{t('areas.report')}</Link><Link to={`/explore?dataset=${row.id}`}>{t('areas.explore')}</Link><Link to={`/drivers?dataset=${row.id}`}>{t('areas.drivers')}</Link></span>,
    },
  ]
}

/** What is still to be done with a dataset. */
function State({ row }: { row: DatasetRow }) {
  const { t } = useTranslation()
  const status = row.waiting_import?.status
  if (status === 'understood') return <Link className="tag doubt" to={`/datasets/${row.id}/codebook`}>{t('datasets.toLoad')}</Link>
  if (status === 'failed') return <span className="tag bad">{t('importStatus.failed')}</span>
  if (status === 'waiting' || status === 'loading') return <span className="tag accent">{t(`importStatus.${status}`)}</span>
  if (row.freshness?.stopped) return <span className="tag bad">{t('datasets.stopped')}</span>
  return <span className="soft">{row.version ? t('datasets.ready') : t('datasets.empty')}</span>
}
