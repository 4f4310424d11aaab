import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ApiError } from '../../../api/client.ts'
import type { Page as Listed } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'
import { Dialog } from '../../../components/Dialog.tsx'
import { save } from '../../../components/Downloads.tsx'
import { count } from '../../../components/format.ts'

type Place = { name: string; fields: Record<string, string> }
type Props = { surveyId: string; onClose: () => void }
const SHOWN = 5

/** A list of shops, counters or staff, pasted or from a file: one code each, as pictures or posters. */
export function CodesDialog({ surveyId, onClose }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const [words, setWords] = useState('')
  const [places, setPlaces] = useState<Place[]>()
  const [fault, setFault] = useState<ApiError>()
  const [busy, setBusy] = useState('')
  const write = (next: string) => { setWords(next); setPlaces(undefined); setFault(undefined) }
  const ask = async (what: string, work: () => Promise<void>) => {
    setBusy(what)
    setFault(undefined)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFault(error)
    } finally {
      setBusy('')
    }
  }
  const look = () => ask('look', async () => setPlaces((await api.post<Listed<Place>>(`/surveys/${surveyId}/codes/preview`, { words })).items))
  const take = (format: 'zip' | 'pdf') => ask(format, async () => {
    save(await api.file(`/surveys/${surveyId}/codes`, { format, lang: language }, { words }), `${t('codes.file')}.${format}`)
    await client.invalidateQueries({ queryKey: [`/surveys/${surveyId}/links`] })
  })
  const buttons = places
    ? [
        <Button key="pdf" loading={busy === 'pdf'} disabled={busy !== ''} onClick={() => void take('pdf')}>{t('codes.posters')}</Button>,
        <Button key="zip" type="primary" loading={busy === 'zip'} disabled={busy !== ''} onClick={() => void take('zip')}>{t('codes.pictures')}</Button>,
      ]
    : [<Button key="look" type="primary" loading={busy === 'look'} disabled={words.trim() === ''} onClick={() => void look()}>{t('codes.look')}</Button>]
  return (
    <Dialog title={t('codes.add')} onCancel={onClose} footer={buttons}>
      <div className="stack tight">
        <p className="soft small" id="codes-how">{t('codes.how')}</p>
        <Input.TextArea rows={8} aria-label={t('codes.list')} aria-describedby="codes-how" placeholder={t('codes.example')} value={words} onChange={(event) => write(event.target.value)} />
        <label className="small">{t('codes.fromFile')} <input type="file" accept=".csv,.tsv,.txt" onChange={(event) => { const file = event.target.files?.[0]; if (file) void wordsOf(file).then(write) }} /></label>
        {fault && <Alert type="error" showIcon title={fault.say(language)} />}
        {places && <Found places={places} />}
      </div>
    </Dialog>
  )
}

function Found({ places }: { places: Place[] }) {
  const { t } = useTranslation()
  return (
    <section className="audience" aria-label={t('codes.found')} aria-live="polite">
      <p className="before-after">{t('codes.many', { n: count(places.length) })}</p>
      <ul>{places.slice(0, SHOWN).map((one) => <li key={JSON.stringify(one)}>{one.name} <span className="soft small">{Object.entries(one.fields).map(([name, value]) => `${name} = ${value}`).join(', ')}</span></li>)}</ul>
      {places.length > SHOWN && <p className="soft small">{t('codes.andMore', { n: count(places.length - SHOWN) })}</p>}
    </section>
  )
}

/** A file as Excel in China saves it may be GB 18030. */
async function wordsOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
