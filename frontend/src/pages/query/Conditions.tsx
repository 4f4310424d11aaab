import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../api/data.ts'
import { useSay } from '../../app/language.ts'
import type { Asked, Condition, Operator } from '../../components/question/asked.ts'
import { conditionChoices, groupChoices } from '../../components/measures.ts'
import { useValues } from '../../components/question/useValues.ts'

const OPERATORS: readonly Operator[] = ['=', '!=', '>=', '<=', '>', '<']

type Props = { id: string; columns: Column[]; asked: Asked; onChange: (where: Condition[]) => void }

/** Which rows count: column, operator, values. A new line is kept here until it has a value. */
export function Conditions({ id, columns, asked, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const [open, setOpen] = useState<Condition | null>(null)
  const choices = conditionChoices(columns, say)
  const change = (at: number, next: Condition) => onChange(asked.where.map((one, place) => (place === at ? next : one)))
  const settle = (next: Condition) => {
    if (next.values.length > 0) {
      setOpen(null)
      onChange([...asked.where, next])
    } else setOpen(next)
  }
  const add = () => setOpen({ column: groupChoices(columns, say)[0]?.value ?? choices[0]?.value ?? '', operator: '=', values: [] })
  return (
    <div className="conditions">
      {asked.where.map((condition, at) => (
        <Line key={`${String(at)}${condition.column}`} id={id} columns={columns} condition={condition} metric={asked.metrics[0]} onChange={(next) => change(at, next)} onRemove={() => onChange(asked.where.filter((_, place) => place !== at))} />
      ))}
      {open && <Line id={id} columns={columns} condition={open} metric={asked.metrics[0]} onChange={settle} onRemove={() => setOpen(null)} />}
      {!open && <Button type="text" icon={<PlusOutlined />} onClick={add}>{t('query.addCondition')}</Button>}
    </div>
  )
}

type LineProps = { id: string; columns: Column[]; condition: Condition; metric: string | undefined; onChange: (next: Condition) => void; onRemove: () => void }

function Line({ id, columns, condition, metric, onChange, onRemove }: LineProps) {
  const { t } = useTranslation()
  const say = useSay()
  const groups = groupChoices(columns, say).some(({ value }) => value === condition.column)
  const values = useValues(id, groups ? [condition.column] : [], metric)[condition.column] ?? []
  return (
    <div className="condition">
      <Select value={condition.column} aria-label={t('query.column')} showSearch={{ optionFilterProp: 'label' }} options={conditionChoices(columns, say)} popupMatchSelectWidth={false} onChange={(column) => onChange({ ...condition, column, values: [] })} />
      <Select value={condition.operator} aria-label={t('query.operator')} options={OPERATORS.map((value) => ({ value, label: t(`operator.${value}`) }))} popupMatchSelectWidth={false} onChange={(operator: Operator) => onChange({ ...condition, operator })} />
      <Select mode="tags" value={condition.values} aria-label={t('query.values')} placeholder={t('query.values')} options={values.map((value) => ({ value, label: value }))} onChange={(given: string[]) => onChange({ ...condition, values: given })} />
      <Button type="text" icon={<CloseOutlined />} aria-label={t('query.removeCondition')} onClick={onRemove} />
    </div>
  )
}
