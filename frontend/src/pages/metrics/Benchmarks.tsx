import { Alert, Button, Input, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import type { Benchmark } from '../../api/metrics.ts'
import { useWrite } from '../../api/hooks.tsx'
import { useLanguage } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { DropFiles } from '../../components/DropFiles.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { count, number } from '../../components/format.ts'
import { useMetricWords } from './useMetricWords.ts'

/** Numbers from outside, to compare one's own with. */
export function Benchmarks() {
  const { t } = useTranslation()
  const may = useMay()
  const { name, unit } = useMetricWords()
  const columns: TableColumnsType<Benchmark> = [
    { title: t('metrics.table'), dataIndex: 'table' },
    { title: t('query.metric'), key: 'metric', render: (_, row) => <span className="wrap">{name(row.metric)}</span> },
    { title: t('metrics.group'), key: 'by', render: (_, row) => Object.entries(row.by).map(([column, value]) => `${column} = ${value}`).join(t('common.comma')) || t('metrics.everything') },
    { title: t('query.value'), key: 'value', className: 'number', render: (_, row) => number(row.value, unit(row.metric)) },
    { title: 'n', dataIndex: 'n', className: 'number', render: (n: number | null) => count(n) },
    { title: t('metrics.year'), dataIndex: 'year', render: (year: number | null) => year ?? '—' },
    { title: t('metrics.source'), dataIndex: 'source', render: (source: string | null) => <span className="wrap">{source ?? '—'}</span> },
  ]
  return (
    <div className="stack">
      {may('edit_metrics') && <Add />}
      <DataTable<Benchmark> path="/benchmarks" rowKey="id" label={t('metrics.benchmarks')} columns={columns} exports local={(row) => `${row.table} ${name(row.metric)} ${row.metric} ${row.source ?? ''} ${Object.values(row.by).join(' ')}`} empty={<EmptyState title={t('metrics.noBenchmarks')} how={t('metrics.noBenchmarksHow')} />} />
    </div>
  )
}

function Add() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [name, setName] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const send = useWrite(
    () => {
      const form = new FormData()
      form.append('name', name || (file as File).name.replace(/\.[^.]+$/, ''))
      form.append('file', file as File)
      return api.form<{ table: string; rows: number }>('/benchmarks', form)
    },
    { refresh: ['/benchmarks'], quiet: true, done: ({ table, rows }) => t('metrics.tableKept', { table, rows }), after: () => { setFile(null); setName('') } },
  )
  return (
    <section className="panel stack">
      <DropFiles small title={file?.name ?? t('metrics.dropBenchmarks')} how={t('metrics.dropBenchmarksHow')} onFiles={([chosen]) => chosen && setFile(chosen)} />
      {send.error && <Alert type="error" showIcon title={send.error.say(language)} />}
      {file && (
        <div className="row">
          <Input className="weight-source" value={name} placeholder={file.name.replace(/\.[^.]+$/, '')} aria-label={t('metrics.table')} onChange={(event) => setName(event.target.value)} />
          <Button type="primary" loading={send.isPending} onClick={() => send.mutate(undefined)}>{t('common.save')}</Button>
        </div>
      )}
    </section>
  )
}
