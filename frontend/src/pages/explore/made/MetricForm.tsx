import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../api/data.ts'
import { useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import type { Made, MadeForm, MadeMetric } from '../../../components/made.ts'
import { answersTo, conditionChoices, groupChoices, type Choice } from '../../../components/measures.ts'
import { conditionWords, readCondition, type Condition, type Operator } from '../../../components/question/asked.ts'
import { useValues } from '../../../components/question/useValues.ts'
import type { MakingProps } from './MadeDrawer.tsx'
import { useKeep } from './useKeep.ts'

type Part = { metric?: string; weight?: number }
type Given = { name: string; form: MadeForm; conditions: Partial<Condition>[]; parts: Part[]; first?: string; second?: string; better: boolean }
type Props = MakingProps & { made: Made | null; onClose: () => void }

const FORMS: readonly MadeForm[] = ['share', 'average', 'difference', 'ratio']
const OPERATORS: readonly Operator[] = ['>=', '<=', '=', '!=', '>', '<']

/** A metric of others: the share that meets conditions, an average, a difference, a ratio. */
export function MetricForm({ id, columns, metrics, made, onClose }: Props) {
  const { t } = useTranslation()
  const keep = useKeep(id, made, onClose)
  const plain = metrics.filter(({ value }) => !value.startsWith('calc:'))
  const submit = (given: Given) => keep.mutate({ name: given.name, definition: definitionOf(given) })
  return (
    <FormDialog<Given> title={t(made ? 'made.change' : 'made.newMetric', { name: made?.name })} initial={initialOf(made, columns.map(({ name }) => name))} error={keep.error} busy={keep.isPending} onSubmit={submit} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="name" label={t('made.name')} rules={[{ required: true, whitespace: true, message: t('made.nameNeeded') }]}><Input maxLength={60} disabled={made !== null} placeholder={t('made.metricName')} /></Form.Item>
          <Form.Item name="form" label={t('made.form')}><Select options={FORMS.map((value) => ({ value, label: t(`made.forms.${value}`) }))} /></Form.Item>
          <Form.Item noStyle shouldUpdate={(a: Given, b: Given) => a.form !== b.form}>
            {() => <Parts id={id} form={form.getFieldValue('form') as MadeForm} columns={columns} metrics={plain} />}
          </Form.Item>
          <Form.Item name="better" label={t('made.better')} valuePropName="checked"><Switch /></Form.Item>
        </>
      )}
    </FormDialog>
  )
}

function initialOf(made: Made | null, names: string[]): Given {
  if (made === null) return { name: '', form: 'share', conditions: [{ operator: '>=' }], parts: [{ weight: 1 }, { weight: 1 }], better: true }
  const { form, conditions, metrics, weights, higher_is_better } = made.definition as MadeMetric
  return {
    name: made.name, form, better: higher_is_better,
    conditions: conditions.map((words) => readCondition(words, names) ?? {}),
    parts: metrics.map((metric, at) => ({ metric, weight: weights[at] ?? 1 })),
    ...(metrics[0] === undefined ? {} : { first: metrics[0] }), ...(metrics[1] === undefined ? {} : { second: metrics[1] }),
  }
}

function definitionOf({ form, conditions, parts, first, second, better }: Given): MadeMetric {
  const whole = { kind: 'metric' as const, form, conditions: [], metrics: [], weights: [], higher_is_better: better }
  if (form === 'share') return { ...whole, conditions: conditions.map(({ column = '', operator = '>=', values = [] }) => conditionWords({ column, operator, values })) }
  if (form === 'average') return { ...whole, metrics: parts.map(({ metric = '' }) => metric), weights: parts.map(({ weight = 1 }) => weight) }
  return { ...whole, metrics: [first ?? '', second ?? ''] }
}

type ValuesProps = { dataset: string; columns: Column[]; metric: string | undefined; place: number; value?: string[]; onChange?: (values: string[]) => void }

/** Typed, or chosen: the answers to a rating, the values of a column of groups. */
function Values({ dataset, columns, metric, place, ...field }: ValuesProps) {
  const { t } = useTranslation()
  const say = useSay()
  const name = Form.useWatch<string | undefined>(['conditions', place, 'column'])
  const column = columns.find((one) => one.name === name)
  const answers = column ? answersTo(column) : []
  const grouped = answers.length === 0 && groupChoices(columns, say).some(({ value }) => value === name)
  const found = useValues(dataset, grouped && name ? [name] : [], metric)[name ?? ''] ?? []
  return <Select {...field} mode="tags" aria-label={t('query.values')} style={{ minWidth: 180 }} options={[...answers, ...found].map((value) => ({ value, label: value }))} />
}

type PartsProps = { id: string; form: MadeForm; columns: Column[]; metrics: Choice[] }

function Parts({ id, form, columns: own, metrics }: PartsProps) {
  const { t } = useTranslation()
  const columns = conditionChoices(own, useSay())
  const needed = [{ required: true, message: t('made.needed') }]
  if (form === 'difference' || form === 'ratio') {
    return (
      <>
        <Form.Item name="first" label={t(form === 'ratio' ? 'made.above' : 'made.first')} rules={needed}><Select showSearch={{ optionFilterProp: 'label' }} options={metrics} /></Form.Item>
        <Form.Item name="second" label={t(form === 'ratio' ? 'made.under' : 'made.less')} rules={needed}><Select showSearch={{ optionFilterProp: 'label' }} options={metrics} /></Form.Item>
      </>
    )
  }
  return (
    <Form.List key={form} name={form === 'share' ? 'conditions' : 'parts'}>
      {(rows, { add, remove }) => (
        <div className="made-rows">
          {rows.map(({ key, name }) => (
            <fieldset key={key} className="made-row">
              <legend className="hidden">{t('made.part', { n: name + 1 })}</legend>
              {form === 'share' ? (
                <>
                  <Form.Item name={[name, 'column']} label={t('made.column')} rules={needed}><Select showSearch={{ optionFilterProp: 'label' }} options={columns} /></Form.Item>
                  <div className="row nowrap">
                    <Form.Item name={[name, 'operator']} label={t('query.operator')}><Select popupMatchSelectWidth={false} options={OPERATORS.map((value) => ({ value, label: t(`operator.${value}`) }))} /></Form.Item>
                    <Form.Item name={[name, 'values']} label={t('query.values')} rules={needed}><Values dataset={id} columns={own} metric={metrics[0]?.value} place={name} /></Form.Item>
                  </div>
                </>
              ) : (
                <>
                  <Form.Item name={[name, 'metric']} label={t('query.metric')} rules={needed}><Select showSearch={{ optionFilterProp: 'label' }} options={metrics} /></Form.Item>
                  <Form.Item name={[name, 'weight']} label={t('made.weight')} rules={needed}><InputNumber min={0.01} /></Form.Item>
                </>
              )}
              {rows.length > 1 && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('made.removePart', { n: name + 1 })} onClick={() => remove(name)} />}
            </fieldset>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => add(form === 'share' ? { operator: '>=' } : { weight: 1 })}>{t(form === 'share' ? 'made.addCondition' : 'made.addPart')}</Button>
        </div>
      )}
    </Form.List>
  )
}
