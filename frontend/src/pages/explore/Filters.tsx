import { CloseOutlined } from '@ant-design/icons'
import { Button, Popover, Select, type RefSelectProps } from 'antd'
import { useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../api/data.ts'
import { useSay } from '../../app/language.ts'
import { groupWords } from '../../components/bands.ts'
import { bandChoices, conditionChoices, dimensionChoices, gapChoices } from '../../components/measures.ts'
import type { Condition, Operator } from '../../components/question/asked.ts'
import { useValues } from '../../components/question/useValues.ts'
import { FIRST_ANSWER } from '../../components/view/answer.ts'
import type { Field } from './fields.ts'
import { ShelfBox } from './Shelf.tsx'

const OPERATORS: readonly Operator[] = ['=', '!=', '>=', '<=', '>', '<']
const MOST_NAMED = 3

type Props = {
  id: string
  columns: Column[]
  metric: string | undefined
  where: Condition[]
  draft: Condition | null
  onDraft: (draft: Condition | null) => void
  onChange: (where: Condition[]) => void
}

const MEANS_SEVERAL: ReadonlySet<Operator> = new Set(['=', '!='])

/** Which answers count. What is dropped here opens with its values to choose from, and stays open for more of them. */
export function Filters({ id, columns, metric, where, draft, onDraft, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const choices = [...conditionChoices(columns, say), ...bandChoices(columns, t, say), ...gapChoices(columns, t, say)]
  const begin = ({ value }: Pick<Field, 'value'>) => onDraft({ column: value, operator: '=', values: [] })
  const name = (column: string) => choices.find(({ value }) => value === column)?.label ?? (column === FIRST_ANSWER ? t('query.firstAnswer') : column)
  const [opened, open] = useState<number | null>(null)
  const chips = useRef<(HTMLButtonElement | null)[]>([])
  const adding = useRef<RefSelectProps>(null)
  const editing = useRef<RefSelectProps>(null)
  /** What had the focus is gone: who works by keys goes on from the condition, or from where one is added. */
  const goOn = (at: number | null) => requestAnimationFrame(() => (at === null ? adding.current : chips.current[at])?.focus({ preventScroll: true }))
  const settle = (next: Condition) => {
    if (next.values.length === 0) return onDraft(next)
    onDraft(null)
    onChange([...where, next])
    if (MEANS_SEVERAL.has(next.operator)) open(where.length)
    else goOn(where.length)
  }
  const close = (at: number) => { open(null); goOn(at) }
  return (
    <ShelfBox title={t('explore.shelf.filters')} takes={['group']} onDrop={begin}>
      {where.map((condition, at) => {
        const remove = () => { open(null); onChange(where.filter((_, place) => place !== at)); goOn(null) }
        const words = `${name(condition.column)} ${t(`operator.${condition.operator}`)} ${condition.values.length > MOST_NAMED ? t('explore.values', { n: condition.values.length }) : condition.values.map((value) => groupWords(condition.column, value, t)).join(t('common.list'))}`
        return (
          <span className="chip-on" key={`${condition.column}${String(at)}`}>
            <Popover trigger="click" placement="bottomLeft" open={opened === at} onOpenChange={(shown) => open(shown ? at : null)} afterOpenChange={(shown) => { if (shown) editing.current?.focus({ preventScroll: true }) }} destroyOnHidden content={<Editor values={editing} id={id} columns={columns} metric={metric} condition={condition} onChange={(next) => onChange(where.map((one, place) => (place === at ? next : one)))} onLeave={() => close(at)} />}>
              <button type="button" className="name" ref={(element) => { chips.current[at] = element }} onKeyDown={({ key }) => { if (key === 'Delete' || key === 'Backspace') remove() }}>{words}</button>
            </Popover>
            <button type="button" className="off" aria-label={t('explore.takeOff', { name: words })} onClick={remove}><CloseOutlined /></button>
          </span>
        )
      })}
      {draft && <div className="draft"><Editor id={id} columns={columns} metric={metric} condition={draft} onChange={settle} onLeave={() => { onDraft(null); goOn(null) }} /><Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('query.removeCondition')} onClick={() => { onDraft(null); goOn(null) }} /></div>}
      {where.length === 0 && !draft && <span className="hint">{t('explore.hint.filters')}</span>}
      {!draft && <Select ref={adding} className="add" size="small" variant="borderless" value={null} placeholder={t('query.addCondition')} aria-label={t('query.addCondition')} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={220} options={choices} onChange={(value: string | null) => { if (value) begin({ value }) }} />}
    </ShelfBox>
  )
}

type EditorProps = { values?: RefObject<RefSelectProps | null>; id: string; columns: Column[]; metric: string | undefined; condition: Condition; onChange: (next: Condition) => void; onLeave: () => void }

function Editor({ values: own, id, columns, metric, condition, onChange, onLeave }: EditorProps) {
  const { t } = useTranslation()
  const say = useSay()
  const dimension = dimensionChoices(columns, t, say).find(({ value }) => value === condition.column)
  const grouped = dimension !== undefined
  const values = useValues(id, grouped ? [condition.column] : [], metric)[condition.column] ?? []
  return (
    <div className="filter-editor" onKeyDownCapture={({ key }) => { if (key === 'Escape') onLeave() }}>
      <span className="small soft">{dimension?.label ?? [...conditionChoices(columns, say), ...gapChoices(columns, t, say)].find(({ value }) => value === condition.column)?.label ?? condition.column}</span>
      <Select size="small" value={condition.operator} aria-label={t('query.operator')} options={OPERATORS.map((value) => ({ value, label: t(`operator.${value}`) }))} popupMatchSelectWidth={false} onChange={(operator: Operator) => onChange({ ...condition, operator })} />
      <Select ref={own} size="small" mode="tags" defaultOpen autoFocus value={condition.values} aria-label={t('query.values')} placeholder={t('query.values')} options={values.map((value) => ({ value, label: groupWords(condition.column, value, t) }))} popupMatchSelectWidth={220} onChange={(given: string[]) => onChange({ ...condition, values: given })} />
    </div>
  )
}
