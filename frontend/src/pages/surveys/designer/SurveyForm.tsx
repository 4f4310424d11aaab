import { Button, ColorPicker, Input, Select, Switch, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../../api/client.ts'
import type { Definition, Review, Words } from '../../../api/surveys.ts'
import { useLanguage } from '../../../app/language.ts'
import { TONGUES, tongue } from '../tongues.ts'
import { Findings } from './Findings.tsx'
import { Quotas } from './Quotas.tsx'
import type { Editing } from './useDraft.ts'
import { WordsInput } from './WordsInput.tsx'

type Props = { editing: Editing; review: Review | undefined; surveyId: string }

const COLOUR = '#3B5BDB'
const LOGO_ID = /^[0-9a-f]{40}$/
const PARTS = ['title', 'intro', 'thanks', 'screened_out', 'privacy'] as const
const LINES: Record<(typeof PARTS)[number], number> = { title: 1, intro: 3, thanks: 2, screened_out: 2, privacy: 3 }

/** What holds for the questionnaire as a whole. */
export function SurveyForm({ editing, review, surveyId }: Props) {
  const { t } = useTranslation()
  const { draft, change, name, rename } = editing
  const languages = draft.languages ?? ['zh-CN']
  const set = (part: Partial<Definition>, what = '') => change((one) => ({ ...one, ...part }), what)
  const words = (part: (typeof PARTS)[number]) => (
    <WordsInput key={part} label={t(`designer.parts.${part}`)} rows={LINES[part]} words={draft[part]} languages={languages} fields={part === 'privacy' ? [] : (draft.fields ?? [])} onChange={(said: Words) => set({ [part]: said }, part)} />
  )
  return (
    <section className="panel stack form-part" aria-label={t('designer.whole')}>
      <h2>{t('designer.whole')}</h2>
      <Findings findings={(review?.findings ?? []).filter((one) => !one.page && !one.question)} />
      <label className="choice"><span className="small soft">{t('surveys.nameHere')}</span><Input value={name} maxLength={200} onChange={(event) => rename(event.target.value)} /></label>
      <label className="choice"><span className="small soft">{t('designer.languages')}</span>
        <Select mode="multiple" aria-label={t('designer.languages')} value={languages} options={Object.entries({ ...TONGUES, ...Object.fromEntries(languages.map((tag) => [tag, tongue(tag)])) }).map(([value, label]) => ({ value, label }))} onChange={(tags) => { if (tags.length) set({ languages: tags }) }} />
        <span className="tiny soft">{t('designer.languagesHow')}</span>
      </label>
      {PARTS.map(words)}
      <h3>{t('designer.appearance')}</h3>
      <label className="row"><ColorPicker value={draft.theme?.color ?? COLOUR} disabledAlpha showText onChangeComplete={(colour) => set({ theme: { ...draft.theme, color: colour.toHexString().slice(0, 7) } }, 'colour')} />{t('designer.colour')}</label>
      <Logo logo={draft.theme?.logo ?? null} onChange={(logo) => set({ theme: { ...draft.theme, logo } }, 'logo')} />
      <Redirect address={draft.redirect ?? ''} onChange={(redirect) => set({ redirect }, 'redirect')} />
      <h3>{t('designer.respondents')}</h3>
      <label className="choice"><span className="small soft">{t('designer.fields')}</span>
        <Select mode="tags" open={false} suffixIcon={null} aria-label={t('designer.fields')} value={draft.fields ?? []} disabled={draft.anonymous} onChange={(fields: string[]) => set({ fields: fields.map((one) => one.trim()).filter((one) => /^[^\s.{}_][^.{}]{0,59}$/.test(one)) })} />
        <span className="tiny soft">{t('designer.fieldsHow', { sample: t('designer.fieldSample', { open: '{{', close: '}}' }) })}</span>
      </label>
      <label className="row"><Switch size="small" checked={draft.anonymous ?? false} onChange={(anonymous) => set(anonymous ? { anonymous, fields: [] } : { anonymous })} />{t('designer.anonymous')}</label>
      <p className="tiny soft">{t('designer.anonymousHow')}</p>
      <label className="row"><Switch size="small" checked={draft.proof_of_work ?? false} onChange={(proof_of_work) => set({ proof_of_work })} />{t('designer.proofOfWork')}</label>
      <Quotas editing={editing} review={review} surveyId={surveyId} />
    </section>
  )
}

/** Drawn anew and made small by the server; what it is named by is a digest of it. */
function Logo({ logo, onChange }: { logo: string | null; onChange: (logo: string | null) => void }) {
  const { t } = useTranslation()
  const reader = useLanguage()
  const [fault, setFault] = useState<ApiError | null>(null)
  const send = async (file: File) => {
    const form = new FormData()
    form.append('file', file)
    try {
      const { id } = await api.form<{ id: string }>('/surveys/logos', form)
      setFault(null)
      onChange(id)
    } catch (error) { setFault(error as ApiError) }
  }
  return (
    <div className="choice">
      <span className="small soft">{t('designer.logo')}</span>
      <div className="row">
        {logo && (LOGO_ID.test(logo) ? <img className="logo-now" src={`/s/-/logo/${logo}`} alt={t('designer.logo')} /> : <span className="tiny" role="alert">{t('designer.logoMissing')}</span>)}
        <Upload accept="image/png,image/jpeg" showUploadList={false} beforeUpload={(file) => { void send(file); return false }}><Button size="small">{t('designer.logoUpload')}</Button></Upload>
        {logo && <Button size="small" type="text" onClick={() => onChange(null)}>{t('designer.logoRemove')}</Button>}
      </div>
      <span className="tiny soft">{t('designer.logoHow')}</span>
      {fault && <span className="tiny" role="alert">{fault.say(reader)}</span>}
    </div>
  )
}

/** Kept once it is an address that may stand: https, or nothing. */
function Redirect({ address, onChange }: { address: string; onChange: (address: string | null) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(address)
  const fits = typed === '' || /^https:\/\/[^\s<>"']+$/.test(typed)
  const type = (next: string) => {
    setTyped(next)
    if (next === '') onChange(null)
    else if (/^https:\/\/[^\s<>"']+$/.test(next)) onChange(next)
  }
  return (
    <label className="choice"><span className="small soft">{t('designer.redirect')}</span>
      <Input value={typed} placeholder="https://" status={fits ? '' : 'error'} maxLength={500} onChange={(event) => type(event.target.value.trim())} />
      {!fits && <span className="tiny" role="alert">{t('designer.redirectWrong')}</span>}
    </label>
  )
}
