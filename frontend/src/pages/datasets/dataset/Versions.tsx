import { Button, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../../api/client.ts'
import type { DatasetDetail, Version } from '../../../api/data.ts'
import type { RulesVersion } from '../../../api/metrics.ts'
import { useRead, useWrite, type Page } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { count, ordinal } from '../../../components/format.ts'
import { GradeTag } from '../../../components/GradeTag.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { useRules } from '../../../components/Restated.tsx'
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
  const rules = useRules()
  const back = useWrite((version: number) => api.post<{ job_id: string }>(`/datasets/${dataset.id}/rollback`, { version }), {
    refresh: [`/datasets/${dataset.id}`, '/datasets'],
    after: ({ job_id }) => onJob(job_id),
  })
  return [
    { title: t('versions.version'), dataIndex: 'version', render: (version: number, row) => <span className="row">{ordinal(version)}{row.current && <span className="tag accent">{t('versions.current')}</span>}</span> },
    { title: t('versions.at'), dataIndex: 'created_at', render: (at: string) => <When at={at} /> },
    { title: t('datasets.rows'), dataIndex: 'rows', className: 'number', render: (rows: number) => count(rows) },
    { title: t('dataset.valid'), dataIndex: 'valid', className: 'number', render: (valid: number) => count(valid) },
    { title: t('datasets.grade'), key: 'grade', render: (_, row) => <GradeTag grade={row.grade} /> },
    { title: t('versions.note'), dataIndex: 'reason', render: (reason: string) => <Reason of={reason} /> },
    { title: t('versions.codebook'), dataIndex: 'codebook_version', className: 'number' },
    { title: t('versions.by'), dataIndex: 'created_by', render: who },
    { title: <span className="hidden">{t('areas.report')}</span>, key: 'report', render: (_, row) => (row.readable ? <Link to={reportThen(dataset.id, row, rules.data?.items ?? [])}>{t('areas.report')}</Link> : <span className="soft small">{t('versions.gone')}</span>) },
    {
      title: <span className="hidden">{t('versions.rollback')}</span>, key: 'back',
      render: (_, row) => !row.current && row.readable && may('import_data') && <Button size="small" loading={back.isPending && back.variables === row.version} onClick={() => back.mutate(row.version)}>{t('versions.rollback')}</Button>,
    },
  ]
}

/** The report on a state of the data by the rules that held on its day. */
function reportThen(id: string, { version, current, created_at }: Version, rules: RulesVersion[]): string {
  const base = `/report?dataset=${id}`
  if (current) return base
  const held = rules.filter((one) => one.valid_from <= created_at.slice(0, DAY) && (one.created_at ?? '') <= created_at)
  const then = [...held].sort((a, b) => b.valid_from.localeCompare(a.valid_from) || b.version - a.version)[0]
  return `${base}&version=${String(version)}${then ? `&rules_version=${String(then.version)}` : ''}`
}

const DAY = 'YYYY-MM-DD'.length

/** Why there is a version; one that was brought back names where it comes from: `rollback:3`. */
function Reason({ of }: { of: string }) {
  const { t } = useTranslation()
  const [why, from] = of.split(':')
  return <>{t(`versionReason.${why}`, { defaultValue: why })}{from && ` · ${t('versions.number', { version: ordinal(Number(from)) })}`}</>
}
