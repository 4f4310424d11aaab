import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import type { ReadFile } from '../../../api/surveys.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { DropFiles } from '../../../components/DropFiles.tsx'
import { Preview } from '../designer/Preview.tsx'
import { inWords } from '../tongues.ts'
import { useNewSurvey } from './NewSurvey.tsx'

const LONGEST_NAME = 120

/** A file or pasted text; what came over is shown, and what did not, before anything is kept. */
export function FromFile() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [pasted, setPasted] = useState('')
  const read = useWrite(
    (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return api.form<ReadFile>('/surveys/read', form)
    },
    { quiet: true },
  )
  return (
    <div className="stack">
      <div className="panel stack narrow">
        <DropFiles title={t('surveys.drop')} how={t('surveys.dropHow')} onFiles={([file]) => { if (file) read.mutate(file) }} />
        <label className="stack tight">
          <span>{t('surveys.paste')}</span>
          <Input.TextArea rows={6} value={pasted} placeholder={t('surveys.pasteExample')} onChange={(event) => setPasted(event.target.value)} />
        </label>
        <div><Button disabled={!pasted.trim()} loading={read.isPending} onClick={() => read.mutate(new File([pasted], 'pasted.txt', { type: 'text/plain' }))}>{t('surveys.readPasted')}</Button></div>
        {read.error && <Alert type="error" showIcon title={read.error.say(language)} />}
      </div>
      {read.data && <CameOver read={read.data} />}
    </div>
  )
}

function CameOver({ read: { draft, left } }: { read: ReadFile }) {
  const { t } = useTranslation()
  const say = useSay()
  const make = useNewSurvey()
  const n = draft.pages.reduce((sum, page) => sum + page.questions.length, 0)
  const name = inWords(draft.title, draft.languages?.[0] ?? 'zh-CN').slice(0, LONGEST_NAME) || t('surveys.unnamed')
  return (
    <section className="panel stack" aria-label={t('surveys.cameOver', { n })}>
      <div className="row far">
        <h2>{t('surveys.cameOver', { n })}</h2>
        <Button type="primary" loading={make.isPending} onClick={() => make.mutate({ name, draft })}>{t('surveys.takeOver')}</Button>
      </div>
      {left.length === 0 ? <p className="soft">{t('surveys.nothingLeft')}</p> : (
        <Alert type="warning" showIcon title={t('surveys.left', { n: left.length })} description={<ul>{left.map((one, at) => <li key={at}>{say(one)}</li>)}</ul>} />
      )}
      <Preview definition={draft} page={null} question={null} />
    </section>
  )
}
