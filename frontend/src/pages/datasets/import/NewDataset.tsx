import { Button, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import type { Import, Uploaded } from '../../../api/data.ts'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'
import { DropFiles } from '../../../components/DropFiles.tsx'
import { JobProgress } from '../../../components/JobProgress.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { FileList } from './FileList.tsx'
import { SheetNames, sheetsOf } from './SheetNames.tsx'
import { useUploads } from './useUploads.ts'
import './import.css'

type Created = { id: string; import: Import }

/** Drop files, give a name; the server works out what each column means. */
export function Page() {
  const { t } = useTranslation()
  const language = useLanguage()
  const go = useNavigate()
  const handed = (useLocation().state as { files?: File[] } | null)?.files
  const uploads = useUploads('/uploads')
  const [name, setName] = useState('')
  const [sheets, setSheets] = useState('')
  const [made, setMade] = useState<Created | null>(null)
  useHandedOver(handed, uploads.send)
  const create = useWrite(
    (ids: string[]) => api.post<Created>('/datasets', { name: name || nameFrom(uploads.done), uploads: ids, sheets: sheetsOf(sheets) }),
    { refresh: ['/datasets', '/jobs'], after: setMade },
  )
  return (
    <>
      <PageHead title={t('import.title')} lead={t('import.lead')} above={<Link to="/datasets">{t('areas.datasets')}</Link>} />
      <div className="stack panel">
        {!made && <DropFiles onFiles={uploads.send} small={uploads.files.length > 0} />}
        {uploads.fault && <p role="alert" className="fault-line">{uploads.fault.say(language)}</p>}
        <FileList uploads={uploads} locked={made !== null} />
        {made ? <JobProgress<Import> path={`/imports/${made.import.id}`} jobOf={({ job }) => job} onDone={() => void go(`/datasets/${made.id}/codebook`, { replace: true })} /> : uploads.done.length > 0 && (
          <div className="name-line">
            <label>{t('import.name')}<Input value={name} placeholder={nameFrom(uploads.done)} onChange={(event) => setName(event.target.value)} maxLength={120} /></label>
            <SheetNames files={uploads.files} value={sheets} onChange={setSheets} />
            <Button type="primary" loading={create.isPending} disabled={uploads.busy} onClick={() => create.mutate(uploads.done.map(({ id }) => id))}>{t('import.understand')}</Button>
          </div>
        )}
      </div>
    </>
  )
}

const nameFrom = (files: Uploaded[]): string => files[0]?.name.replace(/\.[^.]+$/, '') ?? ''

/** Files dropped on another page are sent once. */
function useHandedOver(files: File[] | undefined, send: (files: File[]) => void) {
  const sent = useRef(false)
  useEffect(() => {
    if (!files || sent.current) return
    sent.current = true
    send(files)
  }, [files, send])
}
