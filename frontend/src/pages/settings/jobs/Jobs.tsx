import { Button, Progress, Select, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Job, JobStatus } from '../../../api/types.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { named } from '../../../components/Listing.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { ExportMenu } from '../../../components/ExportMenu.tsx'
import { count } from '../../../components/format.ts'
import { jobEnded } from '../../../components/JobProgress.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { useWho } from '../../../components/useWho.ts'
import { When } from '../../../components/When.tsx'
import '../system/system.css'
import { Dialog } from '../../../components/Dialog.tsx'

const STATUSES: readonly JobStatus[] = ['queued', 'running', 'done', 'failed', 'cancelled']
const TONE: Record<JobStatus, string> = { queued: '', running: 'accent', done: 'good', failed: 'bad', cancelled: '' }
const EVERY_MS = 2000
const PAGE = 100

/** What runs in the background: how far, cancel, retry, log. */
export function Page() {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const [logged, setLogged] = useState<Job | null>(null)
  const offset = Number(chosen.get('offset') ?? 0)
  const read = useRead<Listed<Job>>('/jobs', { status: chosen.get('status'), offset }, { keep: true, every: (page) => (page?.items.some((job) => !jobEnded(job)) ? EVERY_MS : false) })
  const columns = useColumns(setLogged)
  return (
    <>
      <PageHead title={t('jobs.title')} lead={t('jobs.lead')} />
      <Loaded read={read}>
        {({ items, total }) => (
          <section className="panel flush listing-panel">
            <div className="table-tools">
              <Select allowClear value={chosen.get('status') ?? undefined} placeholder={t('jobs.allStates')} aria-label={t('jobs.state')} popupMatchSelectWidth={false} options={STATUSES.map((value) => ({ value, label: t(`jobStatus.${value}`) }))} onChange={(status?: string) => choose({ status: status ?? null, offset: null })} />
              <span className="gap" />
              <ExportMenu path="/jobs" params={{ status: chosen.get('status') }} />
            </div>
            <Table<Job> className="listing" columns={columns.map(named)} dataSource={items} rowKey="id" size="middle" pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: <EmptyState title={t('jobs.none')} /> }} />
            <div className="table-foot">
              <span>{t('common.shown', { shown: count(items.length), total: count(total) })}</span>
              <span className="row">
                {offset > 0 && <Button onClick={() => choose({ offset: String(Math.max(0, offset - PAGE)) })}>{t('common.newer')}</Button>}
                {offset + items.length < total && <Button onClick={() => choose({ offset: String(offset + PAGE) })}>{t('common.older')}</Button>}
              </span>
            </div>
          </section>
        )}
      </Loaded>
      {logged && <LogDialog job={logged} onClose={() => setLogged(null)} />}
    </>
  )
}

function useColumns(onLog: (job: Job) => void): TableColumnsType<Job> {
  const { t } = useTranslation()
  const say = useSay()
  const who = useWho()
  const act = useWrite(({ id, what }: { id: string; what: 'cancel' | 'retry' }) => api.post(`/jobs/${id}/${what}`), { refresh: ['/jobs'] })
  return [
    { title: t('jobs.what'), key: 'kind', render: (_, job) => <button type="button" className="as-link" onClick={() => onLog(job)}>{t(`jobKind.${job.kind}`, { defaultValue: job.kind })}</button> },
    { title: t('jobs.state'), key: 'status', render: (_, job) => <span className={`tag ${TONE[job.status]}`}>{t(`jobStatus.${job.status}`)}</span> },
    {
      title: t('job.progress'), key: 'progress', width: 260,
      render: (_, job) => (job.status === 'running' ? <div className="job-cell"><span className="tiny soft">{say(job.stage)}</span><Progress size="small" percent={job.total ? Math.round((job.done / job.total) * 100) : 0} showInfo={false} aria-label={t('job.progress')} /></div> : <span className="wrap small">{say(job.error?.sentence) || '—'}</span>),
    },
    { title: t('tokens.by'), dataIndex: 'created_by', render: who },
    { title: t('jobs.at'), dataIndex: 'created_at', render: (at: string) => <When at={at} /> },
    {
      title: <span className="hidden">{t('common.more')}</span>, key: 'act', className: 'number',
      render: (_, job) => !jobEnded(job) ? <Button size="small" disabled={job.cancel_asked} onClick={() => act.mutate({ id: job.id, what: 'cancel' })}>{t('common.cancel')}</Button> : job.status !== 'done' && <Button size="small" onClick={() => act.mutate({ id: job.id, what: 'retry' })}>{t('common.retry')}</Button>,
    },
  ]
}

function LogDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation()
  const read = useRead<Job & { log: string }>(`/jobs/${job.id}`)
  return (
    <Dialog title={t(`jobKind.${job.kind}`, { defaultValue: job.kind })} onCancel={onClose} footer={null} width={720}>
      <Loaded read={read}>{({ log }) => <pre className="log">{log || t('jobs.noLog')}</pre>}</Loaded>
    </Dialog>
  )
}
