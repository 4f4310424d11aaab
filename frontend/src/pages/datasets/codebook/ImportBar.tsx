import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import type { DatasetDetail } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { JobProgress } from '../../../components/JobProgress.tsx'
import type { Draft } from './useDraft.ts'

type Started = { id: string; job_id: string }
type Props = { id: string; draft: Draft; dataset: DatasetDetail | undefined }

/** What is done with the codebook: save it, and bring the rows in. */
export function ImportBar({ id, draft, dataset }: Props) {
  const { t } = useTranslation()
  const go = useNavigate()
  const [started, setStarted] = useState<Started | null>(null)
  const bring = useWrite(() => api.post<Started>(`/datasets/${id}/imports`, {}), { refresh: [`/datasets/${id}`, '/jobs'], after: setStarted })
  const start = async () => {
    if (await draft.save()) bring.mutate(undefined)
  }
  const left = draft.columns.filter(({ please_check }) => please_check).length
  const fresh = !dataset?.versions.length
  if (started) {
    return <div className="import-bar"><JobProgress id={started.job_id} onDone={() => void go(`/datasets/${id}?tab=quality`)} onFailed={() => undefined} /></div>
  }
  return (
    <div className="import-bar">
      <span className="soft small">{left > 0 ? t('codebook.left', { count: left }) : t('codebook.allClear')}</span>
      <span className="row">
        {draft.changed.size > 0 && <Button onClick={draft.forget}>{t('codebook.forget', { count: draft.changed.size })}</Button>}
        <Button type="primary" loading={draft.saving || bring.isPending} disabled={!fresh && draft.changed.size === 0} onClick={() => void start()}>
          {fresh ? t('codebook.import') : t('codebook.apply')}
        </Button>
      </span>
    </div>
  )
}
