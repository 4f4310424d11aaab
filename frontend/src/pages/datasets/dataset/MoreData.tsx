import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetDetail } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'
import { DropFiles } from '../../../components/DropFiles.tsx'
import { JobProgress } from '../../../components/JobProgress.tsx'
import { FileList } from '../import/FileList.tsx'
import '../import/import.css'
import { useUploads } from '../import/useUploads.ts'

type Mode = 'update' | 'replace'

/** More rows for the same dataset: updated by id, never doubled. */
export function MoreData({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const uploads = useUploads('/uploads')
  const [mode, setMode] = useState<Mode>('update')
  const [job, setJob] = useState<string | null>(null)
  const bring = useWrite(
    () => api.post<{ job_id: string }>(`/datasets/${dataset.id}/imports`, { uploads: uploads.done.map(({ id }) => id), mode }),
    { refresh: [`/datasets/${dataset.id}`, '/jobs'], after: (started) => setJob(started.job_id) },
  )
  if (job) return <div className="panel"><JobProgress id={job} /></div>
  return (
    <div className="panel stack">
      <DropFiles onFiles={uploads.send} small={uploads.files.length > 0} how={t('more.how')} />
      {uploads.fault && <p role="alert" className="fault-line">{uploads.fault.say(language)}</p>}
      <FileList uploads={uploads} locked={false} />
      <Radio.Group value={mode} onChange={(event) => setMode(event.target.value as Mode)} className="stack">
        <Radio value="update">{t('more.update')}<div className="soft small">{t('more.updateHow')}</div></Radio>
        <Radio value="replace">{t('more.replace')}<div className="soft small">{t('more.replaceHow')}</div></Radio>
      </Radio.Group>
      <div><Button type="primary" disabled={uploads.done.length === 0 || uploads.busy} loading={bring.isPending} onClick={() => bring.mutate(undefined)}>{t('more.start')}</Button></div>
    </div>
  )
}
