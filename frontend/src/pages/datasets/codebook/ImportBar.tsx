import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import type { DatasetDetail, Import } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { JobProgress } from '../../../components/JobProgress.tsx'
import type { Draft } from './useDraft.ts'

type Props = { id: string; draft: Draft; dataset: DatasetDetail | undefined }

/** What is done with the codebook: save it, and bring waiting rows in. */
export function ImportBar({ id, draft, dataset }: Props) {
  const { t } = useTranslation()
  const go = useNavigate()
  const [started, setStarted] = useState<string | null>(null)
  const waiting = dataset?.waiting_import
  const loads = waiting?.status === 'understood' || waiting?.status === 'failed'
  const bring = useWrite((importId: string) => api.post<Import>(`/imports/${importId}/load`), { refresh: [`/datasets/${id}`, '/jobs'], after: (made) => setStarted(made.id) })
  const start = async () => {
    if (!(await draft.save())) return
    if (loads && waiting) bring.mutate(waiting.id)
    else void go(`/datasets/${id}`)
  }
  const left = draft.columns.filter(({ please_check }) => please_check).length
  if (started) {
    return <div className="import-bar"><JobProgress<Import> path={`/imports/${started}`} jobOf={({ job }) => job} onDone={() => void go(`/datasets/${id}?tab=quality`)} /></div>
  }
  return (
    <div className="import-bar">
      <span className="soft small">{left > 0 ? t('codebook.left', { count: left }) : t('codebook.allClear')}</span>
      <span className="row">
        {draft.changed.size > 0 && <Button onClick={draft.forget}>{t('codebook.forget', { count: draft.changed.size })}</Button>}
        <Button type="primary" loading={draft.saving || bring.isPending} disabled={!loads && draft.changed.size + draft.checked.size === 0} onClick={() => void start()}>
          {loads ? t('codebook.import') : t('codebook.apply')}
        </Button>
      </span>
    </div>
  )
}
