import { PlusOutlined } from '@ant-design/icons'
import { Button, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import type { Model } from '../../api/models.ts'
import { useWrite } from '../../api/hooks.tsx'
import { useMay } from '../../app/me.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { When } from '../../components/When.tsx'

/** Answers beside orders, tickets, customers; several surveys as one. */
export function Page() {
  const { t } = useTranslation()
  const may = useMay()
  const add = <Link to="/models/new"><Button type="primary" icon={<PlusOutlined />}>{t('models.add')}</Button></Link>
  return (
    <>
      <PageHead title={t('models.title')} lead={t('models.lead')} actions={may('import_data') && add} />
      <DataTable<Model> path="/models" rowKey="id" label={t('models.title')} columns={useColumns()} local={({ name, parents }) => `${name} ${parents.map((parent) => parent.name).join(' ')}`} empty={<EmptyState title={t('models.none')} how={t('models.noneHow')} />} />
    </>
  )
}

function useColumns(): TableColumnsType<Model> {
  const { t } = useTranslation()
  const may = useMay()
  const rebuild = useWrite((id: string) => api.post(`/models/${id}/rebuild`), { refresh: ['/models'], done: t('models.rebuilding') })
  const remove = useWrite((model: Model) => api.delete(`/models/${model.id}`, {}, { revision: model.revision }), { refresh: ['/models', '/datasets'], done: t('models.removed') })
  return [
    { title: t('datasets.name'), key: 'name', render: (_, row) => (row.dataset_id ? <Link to={`/datasets/${row.dataset_id}`}>{row.name}</Link> : row.name) },
    { title: t('models.kind'), key: 'kind', render: (_, row) => t(`models.kinds.${row.kind}`) },
    { title: t('models.from'), key: 'parents', render: (_, row) => <span className="wrap small">{row.parents.map(({ name }) => name).join(t('common.list'))}</span> },
    { title: t('datasets.state'), key: 'state', render: (_, row) => <State model={row} /> },
    { title: t('datasets.fresh'), key: 'updated', render: (_, row) => <When at={row.updated_at} /> },
    {
      title: <span className="hidden">{t('common.more')}</span>, key: 'act',
      render: (_, row) => may('import_data') && <span className="row nowrap"><Button size="small" onClick={() => rebuild.mutate(row.id)}>{t('models.rebuild')}</Button><Button size="small" onClick={() => remove.mutate(row)}>{t('common.remove')}</Button></span>,
    },
  ]
}

function State({ model }: { model: Model }) {
  const { t } = useTranslation()
  if (model.job && (model.job.status === 'queued' || model.job.status === 'running')) return <span className="tag accent">{t('models.building')}</span>
  if (model.job?.status === 'failed') return <span className="tag bad">{t('jobStatus.failed')}</span>
  return <span className={model.stale ? 'tag doubt' : 'tag good'}>{t(model.stale ? 'models.stale' : 'models.current')}</span>
}
