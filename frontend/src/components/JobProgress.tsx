import { Alert, Button, Progress } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useRead, useWrite } from '../api/hooks.tsx'
import type { Job } from '../api/types.ts'
import { useSay } from '../app/language.ts'
import { useMay } from '../app/me.tsx'
import { count } from './format.ts'
import './page.css'

const EVERY_MS = 600

export const jobEnded = (job: Job | null | undefined): boolean => job != null && ['done', 'failed', 'cancelled'].includes(job.status)

type Props<T> = { path: string; jobOf: (data: T) => Job | null; onDone?: (data: T) => void; onEnd?: (data: T) => void }

/** The progress of a job that some address tells of: cancel while it runs, the reason where it failed.
    What was read before is not looked at: the address may have told of an earlier job, done long ago. */
export function JobProgress<T>({ path, jobOf, onDone, onEnd }: Props<T>) {
  const read = useRead<T>(path, undefined, { fresh: 0, every: (data) => (data !== undefined && jobEnded(jobOf(data)) ? false : EVERY_MS) })
  const data = read.isFetchedAfterMount ? read.data : undefined
  const job = data === undefined ? null : jobOf(data)
  const told = useRef(false)
  useEffect(() => {
    if (data === undefined || told.current || !jobEnded(job)) return
    told.current = true
    if (job?.status === 'done') onDone?.(data)
    onEnd?.(data)
  }, [data, job, onDone, onEnd])
  return <JobView job={job} />
}

export function JobView({ job }: { job: Job | null }) {
  const { t } = useTranslation()
  const say = useSay()
  const may = useMay()
  const cancel = useWrite((id: string) => api.post(`/jobs/${id}/cancel`), { refresh: ['/jobs'] })
  if (job?.status === 'failed') return <Alert type="error" showIcon title={t('job.failed')} description={say(job.error?.sentence)} />
  if (job?.status === 'cancelled') return <Alert type="info" showIcon title={t('job.cancelled')} />
  const stops = job !== null && !jobEnded(job) && may('manage_jobs')
  return (
    <div className="job" role="status" aria-live="polite">
      <div className="row far">
        <span>{say(begun(job)?.stage) || t('job.waiting')}{part(begun(job))}</span>
        {stops && <Button size="small" onClick={() => cancel.mutate(job.id)} loading={cancel.isPending || job.cancel_asked}>{t('common.cancel')}</Button>}
      </div>
      <Progress percent={percent(begun(job))} status={job?.status === 'done' ? 'success' : job?.status === 'running' ? 'active' : 'normal'} showInfo={false} aria-label={t('job.progress')} />
    </div>
  )
}

/** What an earlier try had done counts for nothing while the next one waits. */
const begun = (job: Job | null): Job | null => (job?.status === 'queued' ? null : job)

function percent(job: Job | null): number {
  if (job?.status === 'done') return 100
  if (!job?.total) return 0
  return Math.min(100, Math.round((job.done / job.total) * 100))
}

const part = (job: Job | null): string => (job?.total ? ` · ${count(job.done)} / ${count(job.total)}` : '')
