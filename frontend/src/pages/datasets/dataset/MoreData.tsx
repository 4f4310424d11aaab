import { Alert, Button, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetDetail, Import } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage, useSay } from '../../../app/language.ts'
import { DropFiles } from '../../../components/DropFiles.tsx'
import { count } from '../../../components/format.ts'
import { JobProgress } from '../../../components/JobProgress.tsx'
import { FileList } from '../import/FileList.tsx'
import { SheetNames, sheetsOf } from '../import/SheetNames.tsx'
import '../import/import.css'
import { useUploads } from '../import/useUploads.ts'

type Mode = 'update' | 'replace'

/** More rows for the same dataset: updated by id, never doubled. */
export function MoreData({ dataset, onChange }: { dataset: DatasetDetail; onChange: () => void }) {
  const [made, setMade] = useState<string | null>(null)
  const [done, setDone] = useState<Import | null>(null)
  if (done) return <Outcome done={done} onAgain={() => { setMade(null); setDone(null) }} />
  if (!made) return <Send dataset={dataset} onStart={setMade} />
  return <div className="panel"><JobProgress<Import> path={`/imports/${made}`} jobOf={(one) => (one.status === 'loading' || one.status === 'waiting' ? running(one) : one.job)} onDone={(one) => { setDone(one); onChange() }} /></div>
}

/** Reading is followed by loading, a job of its own: until the import is done, it runs. */
const running = (one: Import) => one.job && { ...one.job, status: one.job.status === 'done' ? ('running' as const) : one.job.status }

function Send({ dataset, onStart }: { dataset: DatasetDetail; onStart: (id: string) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const uploads = useUploads('/uploads')
  const [mode, setMode] = useState<Mode>('update')
  const [sheets, setSheets] = useState('')
  const bring = useWrite(() => api.post<Import>(`/datasets/${dataset.id}/imports`, { uploads: uploads.done.map(({ id }) => id), mode, sheets: sheetsOf(sheets), load: true }), {
    refresh: [`/datasets/${dataset.id}`, '/jobs'], after: ({ id }) => onStart(id),
  })
  return (
    <div className="panel stack">
      <DropFiles onFiles={uploads.send} small={uploads.files.length > 0} how={t('more.how')} />
      {uploads.fault && <p role="alert" className="fault-line">{uploads.fault.say(language)}</p>}
      <FileList uploads={uploads} locked={false} />
      <SheetNames files={uploads.files} value={sheets} onChange={setSheets} />
      <Radio.Group value={mode} onChange={(event) => setMode(event.target.value as Mode)} className="stack">
        <Radio value="update">{t('more.update')}<div className="soft small">{t('more.updateHow')}</div></Radio>
        <Radio value="replace">{t('more.replace')}<div className="soft small">{t('more.replaceHow')}</div></Radio>
      </Radio.Group>
      <div><Button type="primary" disabled={uploads.done.length === 0 || uploads.busy} loading={bring.isPending} onClick={() => bring.mutate(undefined)}>{t('more.start')}</Button></div>
    </div>
  )
}

function Outcome({ done, onAgain }: { done: Import; onAgain: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const counts = { fresh: count(done.new), updated: count(done.updated), same: count(done.same) }
  return (
    <div className="panel stack">
      <Alert type="success" showIcon title={t('more.done')} description={t('more.counts', counts)} />
      {done.notes.map((note) => <p key={say(note)} className="soft small note-line">{say(note)}</p>)}
      <div><Button onClick={onAgain}>{t('more.again')}</Button></div>
    </div>
  )
}
