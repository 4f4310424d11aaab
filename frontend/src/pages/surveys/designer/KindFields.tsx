import { AutoComplete, Checkbox, Input, InputNumber, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { LOOKS, type Question } from '../../../api/surveys.ts'
import { levelsOf } from './edit.ts'
import { OptionsEditor } from './OptionsEditor.tsx'
import { Choice } from './QuestionForm.tsx'
import { WordsInput } from './WordsInput.tsx'

type Props = { question: Question; languages: readonly string[]; onChange: (part: Partial<Question>, what?: string) => void }

const ROLES: Partial<Record<Question['kind'], readonly string[]>> = {
  csat: ['overall', 'csat', 'aspect', 'intent'],
  slider: ['overall', 'aspect', 'csat', 'outcome'],
  single: ['dimension', 'product', 'stage', 'touchpoint', 'channel', 'unit', 'staff', 'outcome'],
  matrix: ['aspect', 'meta'],
}
const USUAL: Record<string, string> = { csat: 'overall', slider: 'overall', single: 'dimension', matrix: 'aspect' }
const POINTS: Record<string, readonly number[]> = { csat: [2, 3, 4, 5, 7, 10], matrix: [2, 3, 4, 5, 7, 10], ces: [5, 7] }
export const ASPECTS = ['产品质量', '服务体验', '价格感知', '交付效率', '售后支持'] as const
const CONTACTS = ['name', 'phone', 'email', 'wechat', 'company'] as const

/** The settings that only questions of one kind have. */
export function KindFields(props: Props) {
  const { kind } = props.question
  return (
    <>
      {levelsOf(props.question) && <Scale {...props} />}
      {(kind === 'single' || kind === 'multiple' || kind === 'ranking') && <Options {...props} />}
      {kind === 'matrix' && <Rows {...props} />}
      {kind === 'slider' && <Line {...props} />}
      <Others {...props} />
      <RoleOf {...props} />
    </>
  )
}

function Scale({ question, languages, onChange }: Props) {
  const { t } = useTranslation()
  const points = POINTS[question.kind]
  const n = levelsOf(question)?.length ?? 0
  const worded = (question.words?.length ?? 0) > 0
  const empty = () => Array.from({ length: n }, () => ({}))
  return (
    <div className="stack tight">
      <div className="choices">
        {points && <Choice label={t('designer.points')} value={question.points ?? (question.kind === 'ces' ? 7 : 5)} options={points.map((value) => ({ value, label: t('designer.nPoints', { n: value }) }))} onChange={(next) => onChange({ points: next, words: [] })} />}
        <Choice label={t('designer.look')} value={question.look ?? 'numbers'} options={LOOKS.map((value) => ({ value, label: t(`designer.looks.${value}`) }))} onChange={(look) => onChange({ look })} />
        {question.kind === 'ces' && <Choice label={t('designer.direction')} value={question.direction ?? 1} options={[{ value: 1, label: t('designer.highGood') }, { value: -1, label: t('designer.lowGood') }]} onChange={(next) => onChange({ direction: next === 1 ? 1 : -1 })} />}
      </div>
      <WordsInput label={t('designer.low')} words={question.low} languages={languages} onChange={(low) => onChange({ low }, 'low')} />
      <WordsInput label={t('designer.high')} words={question.high} languages={languages} onChange={(high) => onChange({ high }, 'high')} />
      {question.kind !== 'nps' && question.kind !== 'ces' && <label className="row"><Switch size="small" checked={worded} onChange={(on) => onChange({ words: on ? empty() : [] })} />{t('designer.eachLevel')}</label>}
      {worded && question.words?.map((words, at) => <WordsInput key={at} label={t('designer.level', { n: at + 1 })} words={words} languages={languages} onChange={(next) => onChange({ words: question.words?.with(at, next) ?? [] }, `level${String(at)}`)} />)}
      <label className="row"><Switch size="small" checked={question.not_applicable ?? false} onChange={(not_applicable) => onChange({ not_applicable })} />{t('designer.notApplicable')}</label>
    </div>
  )
}

function Options({ question, languages, onChange }: Props) {
  const { t } = useTranslation()
  const options = question.options ?? []
  const events = question.kind === 'single' && question.role === 'outcome'
  return (
    <div className="stack tight">
      <OptionsEditor kind="option" label={t('designer.options')} items={options} languages={languages} other={question.kind !== 'ranking'} exclusive={question.kind === 'multiple'} onChange={(next, what) => onChange({ options: next }, what)} />
      <label className="row"><Switch size="small" checked={question.random_order ?? false} onChange={(random_order) => onChange({ random_order })} />{t('designer.random')}</label>
      {question.kind === 'single' && <label className="row"><Switch size="small" checked={question.as_list ?? false} onChange={(as_list) => onChange({ as_list })} />{t('designer.asList')}</label>}
      {question.kind !== 'single' && <div className="choices">
        {question.kind === 'multiple' && <label className="choice"><span className="small soft">{t('designer.least')}</span><InputNumber min={0} max={options.length} precision={0} value={question.least ?? 0} onChange={(least) => onChange({ least: least ?? 0 })} /></label>}
        <label className="choice"><span className="small soft">{t('designer.most')}</span><InputNumber min={1} max={options.length} precision={0} value={question.most ?? null} placeholder={t('designer.noLimit')} onChange={(most) => onChange({ most })} /></label>
      </div>}
      {events && <Checkbox.Group aria-label={t('designer.events')} value={question.events ?? []} options={options.map((one) => ({ value: one.code, label: Object.values(one.label)[0] ?? one.code }))} onChange={(codes) => onChange({ events: codes })} />}
    </div>
  )
}

function Rows({ question, languages, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <div className="stack tight">
      <OptionsEditor kind="row" label={t('designer.rows')} items={question.rows ?? []} languages={languages} aspects={question.role === 'meta' ? [] : ASPECTS} onChange={(next, what) => onChange({ rows: next }, what)} />
      <label className="row"><Switch size="small" checked={question.random_order ?? false} onChange={(random_order) => onChange({ random_order })} />{t('designer.randomRows')}</label>
    </div>
  )
}

function Line({ question, languages, onChange }: Props) {
  const { t } = useTranslation()
  const number = (name: 'minimum' | 'maximum' | 'step', usual: number) => (
    <label className="choice"><span className="small soft">{t(`designer.${name}`)}</span><InputNumber precision={0} min={name === 'step' ? 1 : -1000} max={1000} value={question[name] ?? usual} onChange={(value) => { if (value !== null) onChange({ [name]: value }) }} /></label>
  )
  return (
    <div className="stack tight">
      <div className="choices">{number('minimum', 0)}{number('maximum', 100)}{number('step', 1)}</div>
      <WordsInput label={t('designer.low')} words={question.low} languages={languages} onChange={(low) => onChange({ low }, 'low')} />
      <WordsInput label={t('designer.high')} words={question.high} languages={languages} onChange={(high) => onChange({ high }, 'high')} />
    </div>
  )
}

function Others({ question, onChange }: Props) {
  const { t } = useTranslation()
  if (question.kind === 'text') return (
    <div className="choices">
      <label className="row"><Switch size="small" checked={question.long ?? true} onChange={(long) => onChange({ long })} />{t('designer.long')}</label>
      <label className="choice"><span className="small soft">{t('designer.longest')}</span><InputNumber min={1} max={10_000} precision={0} value={question.longest ?? 2000} onChange={(longest) => { if (longest) onChange({ longest }) }} /></label>
    </div>
  )
  if (question.kind === 'file') return (
    <div className="choices">
      <label className="choice"><span className="small soft">{t('designer.megabytes')}</span><InputNumber min={1} max={20} precision={0} value={question.megabytes ?? 5} onChange={(megabytes) => { if (megabytes) onChange({ megabytes }) }} /></label>
      <Checkbox.Group aria-label={t('designer.accepts')} value={question.accepts ?? ['image']} options={['image', 'pdf'].map((value) => ({ value, label: t(`designer.accept.${value}`) }))} onChange={(accepts) => { if (accepts.length) onChange({ accepts }) }} />
    </div>
  )
  if (question.kind === 'contact') return <Checkbox.Group aria-label={t('designer.contactFields')} value={question.fields ?? ['phone']} options={CONTACTS.map((value) => ({ value, label: t(`designer.contact.${value}`) }))} onChange={(fields) => { if (fields.length) onChange({ fields: CONTACTS.filter((one) => fields.includes(one)) }) }} />
  if (question.kind === 'consent') return (
    <label className="choice"><span className="small soft">{t('designer.purpose')}</span><Input value={question.purpose ?? 'follow_up'} maxLength={40} onChange={(event) => { if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(event.target.value)) onChange({ purpose: event.target.value }, 'purpose') }} /><span className="tiny soft">{t('designer.purposeHow')}</span></label>
  )
  return null
}

function RoleOf({ question, onChange }: Props) {
  const { t } = useTranslation()
  const roles = ROLES[question.kind]
  if (!roles) return null
  const role = question.role ?? USUAL[question.kind] ?? ''
  return (
    <div className="choices">
      <Choice label={t('designer.role')} value={role} options={roles.map((value) => ({ value, label: t(question.kind === 'matrix' && value === 'meta' ? 'designer.competitor' : `roles.${value}`) }))} onChange={(next) => onChange({ role: next })} />
      {role === 'aspect' && question.kind !== 'matrix' && <label className="choice"><span className="small soft">{t('designer.aspect')}</span><AutoComplete aria-label={t('designer.aspect')} value={question.aspect ?? ''} options={ASPECTS.map((value) => ({ value, label: t(`designer.aspects.${value}`) }))} onChange={(value: string) => onChange({ aspect: value || null }, 'aspect')} /></label>}
    </div>
  )
}
