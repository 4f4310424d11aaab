import { Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Question, Review } from '../../../api/surveys.ts'
import { ConditionForm } from './ConditionForm.tsx'
import { setQuestion } from './edit.ts'
import { Findings } from './Findings.tsx'
import { KindFields } from './KindFields.tsx'
import type { Editing } from './useDraft.ts'
import { WordsInput } from './WordsInput.tsx'

type Props = { question: Question; editing: Editing; review: Review | undefined }

/** All that one question can be: its words, its own settings, when it is asked. */
export function QuestionForm({ question, editing, review }: Props) {
  const { t } = useTranslation()
  const { draft, change } = editing
  const languages = draft.languages ?? ['zh-CN']
  const set = (part: Partial<Question>, what = '') => change((one) => setQuestion(one, question.id, part), what && `${what}:${question.id}`)
  const shared = { languages, fields: draft.fields ?? [] }
  return (
    <section className="panel stack form-part" aria-label={t(`questionKind.${question.kind}`)}>
      <h2>{t(`questionKind.${question.kind}`)}</h2>
      <Findings findings={(review?.findings ?? []).filter((one) => one.question === question.id)} />
      <WordsInput {...shared} label={t('designer.title')} words={question.title} onChange={(title) => set({ title }, 'title')} />
      <WordsInput {...shared} label={t('designer.help')} words={question.help} onChange={(help) => set({ help }, 'help')} />
      {question.kind !== 'note' && <label className="row"><Switch size="small" checked={question.required ?? false} onChange={(required) => set({ required })} />{t('designer.required')}</label>}
      <KindFields question={question} languages={languages} onChange={set} />
      <ConditionForm label={t('designer.showIf')} draft={draft} condition={question.show_if} place={{ question: question.id }} sentence={review?.sentences.questions[question.id]} onChange={(show_if) => set({ show_if })} />
    </section>
  )
}

export function Choice<T extends string | number>({ label, value, options, onChange }: { label: string; value: T; options: { value: T; label: string }[]; onChange: (value: T) => void }) {
  return <label className="choice"><span className="small soft">{label}</span><Select<T> aria-label={label} value={value} options={options} onChange={onChange} popupMatchSelectWidth={false} /></label>
}
