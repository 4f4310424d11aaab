import { Alert, Button, Progress } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useRead, useWrite } from '../api/hooks.tsx'
import type { Job } from '../api/types.ts'
import { useSay } from '../app/language.ts'
import { count } from './format.ts'
import './page.css'

const EVERY_MS = 600

export const jobEnded = (job: Job | undefined): boolean => job !== undefined && ['done', 'failed', 'cancelled'].includes(job.status)

type Props = { id: string; onDone?: (job: Job) => void; onFailed?: (job: Job) => void }

/** A job's progress with cancel; what went wrong, with a retry. */
export function JobProgress({ id, onDone, onFailed }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const read = useRead<Job>(`/jobs/${id}`, undefined, { every: (job) => (jobEnded(job) ? false : EVERY_MS) })
  const job = read.data
  const told = useRef(false)
  useEffect(() => {
    if (!job || told.current || !jobEnded(job)) return
    told.current = true
    if (job.status === 'done') onDone?.(job)
    else onFailed?.(job)
  }, [job, onDone, onFailed])
  const cancel = useWrite(() => api.post(`/jobs/${id}/cancel`), { refresh: ['/jobs'] })
  if (job?.status === 'failed') return <Alert type="error" showIcon title={t('job.failed')} description={say(job.error)} />
  if (job?.status === 'cancelled') return <Alert type="info" showIcon title={t('job.cancelled')} />
  return (
    <div className="job" role="status" aria-live="polite">
      <div className="row far">
        <span>{say(job?.progress_text) || t('job.waiting')}{part(job)}</span>
        {!jobEnded(job) && <Button size="small" onClick={() => cancel.mutate(undefined)} loading={cancel.isPending}>{t('common.cancel')}</Button>}
      </div>
      <Progress percent={percent(job)} status={job?.status === 'done' ? 'success' : 'active'} showInfo={false} aria-label={t('job.progress')} />
    </div>
  )
}

function percent(job: Job | undefined): number {
  if (job?.status === 'done') return 100
  if (!job?.progress_total) return 0
  return Math.min(100, Math.round((job.progress_done / job.progress_total) * 100))
}

function part(job: Job | undefined): string {
  return job?.progress_total ? ` · ${count(job.progress_done)} / ${count(job.progress_total)}` : ''
}
