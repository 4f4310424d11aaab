import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Condition, Definition, Op, Question, Test, Value } from '../../../api/surveys.ts'
import { useLanguage, useSay, type Text } from '../../../app/language.ts'
import { inWords } from '../tongues.ts'
import { before, firstTest, firstValue, needsValue, opsOf, readJoined, writeJoined, type Simple } from './conditions.ts'
import { levelsOf } from './edit.ts'

type Props = {
  label: string
  draft: Definition
  condition: Condition | null | undefined
  place?: { question?: string; page?: string; after?: string }
  sentence?: Text | null
  needed?: boolean
  onChange: (condition: Condition | null) => void
}

const FIELD = '{'

/** A condition as a readable sentence, and the comparisons it is made of. */
export function ConditionForm({ label, draft, condition, place, sentence, needed = false, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const asked = before(draft, place)
  const joined = readJoined(condition)
  const [first] = asked
  const field = draft.fields?.[0]
  const start: Simple | null = first ? firstTest(first) : field ? { field, op: 'answered' } : null
  const add = () => { if (start) onChange(writeJoined({ join: joined?.join ?? 'all', tests: [...(joined?.tests ?? []), start] })) }
  const put = (at: number, test: Simple) => { if (joined) onChange(writeJoined({ ...joined, tests: joined.tests.with(at, test) })) }
  return (
    <fieldset className="condition">
      <legend className="small soft">{label}</legend>
      {condition && sentence && <p className="sentence">{say(sentence)}</p>}
      {joined === null && <p className="small soft">{t('designer.nested')}</p>}
      {joined && joined.tests.length > 1 && (
        <Select aria-label={t('designer.join')} size="small" value={joined.join} onChange={(join) => onChange(writeJoined({ ...joined, join }))} options={(['all', 'any'] as const).map((value) => ({ value, label: t(`designer.joins.${value}`) }))} />
      )}
      {joined?.tests.map((test, at) => (
        <TestRow key={at} draft={draft} asked={asked} test={test} onChange={(next) => put(at, next)} onRemove={needed && joined.tests.length === 1 ? undefined : () => onChange(writeJoined({ ...joined, tests: joined.tests.toSpliced(at, 1) }))} />
      ))}
      <div className="row">
        {joined && <Button size="small" icon={<PlusOutlined />} disabled={!start} onClick={add}>{t('designer.addTest')}</Button>}
        {joined === null && !needed && <Button size="small" onClick={() => onChange(null)}>{t('designer.dropCondition')}</Button>}
        {!start && joined?.tests.length === 0 && <span className="tiny soft">{t('designer.nothingBefore')}</span>}
      </div>
    </fieldset>
  )
}

type RowProps = { draft: Definition; asked: Question[]; test: Simple; onChange: (test: Simple) => void; onRemove: (() => void) | undefined }

function TestRow({ draft, asked, test, onChange, onRemove }: RowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const question = 'question' in test ? asked.find(({ id }) => id === test.question.split('.')[0]) : undefined
  const names = [
    ...asked.flatMap((one) => one.kind === 'matrix'
      ? (one.rows ?? []).map((row) => ({ value: `${one.id}.${row.code}`, label: `${inWords(one.title, language)}${t('common.colon')}${inWords(row.label, language)}` }))
      : [{ value: one.id, label: inWords(one.title, language) || one.id }]),
    ...(draft.fields ?? []).map((name) => ({ value: FIELD + name, label: t('designer.fieldOf', { name }) })),
  ]
  const choose = (name: string) => {
    if (name.startsWith(FIELD)) return onChange({ field: name.slice(1), op: 'answered' })
    const next = asked.find(({ id }) => id === name.split('.')[0])
    if (next) onChange({ ...firstTest(next), question: name })
  }
  const operate = (op: Op) => {
    const { value, ...rest } = test
    onChange((needsValue(op) ? { ...rest, op, value: value ?? (question ? firstValue(question) : '') } : { ...rest, op }) as Simple)
  }
  return (
    <div className="test">
      <Select aria-label={t('designer.testOf')} size="small" showSearch={{ optionFilterProp: 'label' }} value={'question' in test ? test.question : FIELD + test.field} onChange={choose} options={names} popupMatchSelectWidth={false} />
      <Select aria-label={t('designer.testHow')} size="small" value={test.op} onChange={operate} options={opsOf(question).map((value) => ({ value, label: t(`designer.ops.${value}`) }))} popupMatchSelectWidth={false} />
      {needsValue(test.op) && <ValueInput question={question} value={test.value ?? null} onChange={(value) => onChange({ ...test, value } as Test)} />}
      {onRemove && <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={onRemove} />}
    </div>
  )
}

function ValueInput({ question, value, onChange }: { question: Question | undefined; value: Value; onChange: (value: Value) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const label = t('designer.testValue')
  if (question?.kind === 'consent') return <span className="small">{t('designer.agreed')}</span>
  if (question?.options) return <Select aria-label={label} size="small" value={value as string} onChange={onChange} options={question.options.map((one) => ({ value: one.code, label: inWords(one.label, language) || one.code }))} popupMatchSelectWidth={false} />
  const levels = question && levelsOf(question)
  if (levels) return <Select aria-label={label} size="small" value={value as number} onChange={onChange} options={levels.map((level) => ({ value: level, label: String(level) }))} />
  if (question?.kind === 'slider') return <InputNumber aria-label={label} size="small" precision={0} value={value as number} onChange={(next) => onChange(next ?? 0)} />
  return <Input aria-label={label} size="small" type={question?.kind === 'date' ? 'date' : 'text'} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)} />
}
