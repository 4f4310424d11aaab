import { Button, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetDetail, Version } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { count } from '../../../components/format.ts'
import { When } from '../../../components/When.tsx'
import { Compared } from './Compared.tsx'

/** Every state the dataset was in; any of them can be compared and brought back. */
export function Versions({ dataset }: { dataset: DatasetDetail }) {
  const current = dataset.versions.find((version) => version.current)
  return (
    <div className="stack">
      {dataset.versions.length > 1 && <Compared id={dataset.id} versions={dataset.versions} />}
      <section className="panel flush">
        <Table<Version> className="listing" columns={useColumns(dataset, current)} dataSource={dataset.versions} rowKey="version" pagination={false} size="middle" scroll={{ x: 'max-content' }} />
      </section>
    </div>
  )
}

function useColumns(dataset: DatasetDetail, current: Version | undefined): TableColumnsType<Version> {
  const { t } = useTranslation()
  const say = useSay()
  const may = useMay()
  const back = useWrite((version: number) => api.post(`/datasets/${dataset.id}/rollback`, { version }), {
    refresh: [`/datasets/${dataset.id}`, '/datasets'],
    done: (_, version) => t('versions.rolled', { version }),
    undo: () => api.post(`/datasets/${dataset.id}/rollback`, { version: current?.version }),
  })
  return [
    { title: t('versions.version'), dataIndex: 'version', render: (version: number, row) => <span className="row">{version}{row.current && <span className="tag accent">{t('versions.current')}</span>}</span> },
    { title: t('versions.at'), dataIndex: 'created_at', render: (at: string) => <When at={at} /> },
    { title: t('datasets.rows'), dataIndex: 'rows', className: 'number', render: (rows: number) => count(rows) },
    { title: t('versions.note'), dataIndex: 'note', render: (_, row) => <span className="wrap">{say(row.note) || '—'}</span> },
    { title: t('versions.by'), dataIndex: 'created_by', render: (by: string | null) => by ?? '—' },
    {
      title: <span className="hidden">{t('versions.rollback')}</span>, key: 'back',
      render: (_, row) => !row.current && may('import_data') && <Button size="small" loading={back.isPending && back.variables === row.version} onClick={() => back.mutate(row.version)}>{t('versions.rollback')}</Button>,
    },
  ]
}
