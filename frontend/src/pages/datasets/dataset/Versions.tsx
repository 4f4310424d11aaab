import { Button, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetDetail, Version } from '../../../api/data.ts'
import { useRead, useWrite, type Page } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { count } from '../../../components/format.ts'
import { GradeTag } from '../../../components/GradeTag.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { useWho } from '../../../components/useWho.ts'
import { When } from '../../../components/When.tsx'
import { Compared } from './Compared.tsx'

/** Every state the dataset was in; any of them can be compared and brought back. */
export function Versions({ dataset, onJob }: { dataset: DatasetDetail; onJob: (job: string) => void }) {
  const { t } = useTranslation()
  const read = useRead<Page<Version>>(`/datasets/${dataset.id}/versions`)
  const columns = useColumns(dataset, onJob)
  return (
    <Loaded read={read}>
      {({ items }) => (
        <div className="stack">
          {items.length > 1 ? <Compared id={dataset.id} versions={items} /> : <p className="soft small">{t('versions.only')}</p>}
          <section className="panel flush">
            <Table<Version> className="listing" columns={columns} dataSource={items} rowKey="version" pagination={false} size="middle" scroll={{ x: 'max-content' }} />
          </section>
        </div>
      )}
    </Loaded>
  )
}

function useColumns(dataset: DatasetDetail, onJob: (job: string) => void): TableColumnsType<Version> {
  const { t } = useTranslation()
  const may = useMay()
  const who = useWho()
  const back = useWrite((version: number) => api.post<{ job_id: string }>(`/datasets/${dataset.id}/rollback`, { version }), {
    refresh: [`/datasets/${dataset.id}`, '/datasets'],
    after: ({ job_id }) => onJob(job_id),
  })
  return [
    { title: t('versions.version'), dataIndex: 'version', render: (version: number, row) => <span className="row">{version}{row.current && <span className="tag accent">{t('versions.current')}</span>}</span> },
    { title: t('versions.at'), dataIndex: 'created_at', render: (at: string) => <When at={at} /> },
    { title: t('datasets.rows'), dataIndex: 'rows', className: 'number', render: (rows: number) => count(rows) },
    { title: t('dataset.valid'), dataIndex: 'valid', className: 'number', render: (valid: number) => count(valid) },
    { title: t('datasets.grade'), key: 'grade', render: (_, row) => <GradeTag grade={row.grade} /> },
    { title: t('versions.note'), dataIndex: 'reason', render: (reason: string) => <Reason of={reason} /> },
    { title: t('versions.codebook'), dataIndex: 'codebook_version', className: 'number' },
    { title: t('versions.by'), dataIndex: 'created_by', render: who },
    {
      title: <span className="hidden">{t('versions.rollback')}</span>, key: 'back',
      render: (_, row) => !row.current && may('import_data') && <Button size="small" loading={back.isPending && back.variables === row.version} onClick={() => back.mutate(row.version)}>{t('versions.rollback')}</Button>,
    },
  ]
}

/** Why there is a version; one that was brought back names where it comes from: `rollback:3`. */
function Reason({ of }: { of: string }) {
  const { t } = useTranslation()
  const [why, from] = of.split(':')
  return <>{t(`versionReason.${why}`, { defaultValue: why })}{from && ` · ${t('versions.number', { version: from })}`}</>
}
