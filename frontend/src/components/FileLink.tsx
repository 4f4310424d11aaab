import { LoadingOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { address, api, ApiError, type Params } from '../api/client.ts'
import type { Job } from '../api/types.ts'
import { useLanguage, useSay } from '../app/language.ts'
import { jobEnded } from './JobProgress.tsx'

const EVERY_MS = 900

/** A file that may still have to be made: ordered, waited for, then saved. */
export function FileLink({ path, params, name, children }: { path: string; params: Params; name: string; children: ReactNode }) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const fetchFile = async () => {
    setBusy(true)
    const waiting = `making-${path}`
    const told = setTimeout(() => message.loading({ key: waiting, content: t('report.making'), duration: 0 }), EVERY_MS)
    try {
      const failed = await made(path, params)
      if (failed) message.error(say(failed.error?.sentence) || t('job.failed'))
      else save(address(path, params), name)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      message.error(error.say(language))
    } finally {
      clearTimeout(told)
      message.destroy(waiting)
      setBusy(false)
    }
  }
  return <Button type="text" block className="file-link" disabled={busy} icon={busy ? <LoadingOutlined /> : undefined} onClick={(event) => { event.stopPropagation(); void fetchFile() }}>{children}</Button>
}

/** The server's own name for the file wins where it gives one. */
function save(from: string, name: string): void {
  const link = document.createElement('a')
  link.href = from
  link.download = name
  link.click()
}

/** Wait until a file is there; gives the job where it failed. */
async function made(path: string, params: Params): Promise<Job | null> {
  for (;;) {
    const answer = await api.order<{ job: Job }>(path, params)
    if (answer === null) return null
    if (jobEnded(answer.job) && answer.job.status !== 'done') return answer.job
    await new Promise((done) => setTimeout(done, EVERY_MS))
  }
}
