import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import type { Made, MadeGroup, MadeGroups } from '../../../components/made.ts'
import { groupChoices } from '../../../components/measures.ts'
import { useValues } from '../../../components/question/useValues.ts'
import type { MakingProps } from './MadeDrawer.tsx'
import { useKeep } from './useKeep.ts'

type Given = { name: string; column: string; by: 'values' | 'ranges'; groups: Partial<MadeGroup>[]; rest?: string }
type Props = MakingProps & { made: Made | null; onClose: () => void }

const NUMBERS: ReadonlySet<string> = new Set(['amount', 'cost', 'duration', 'outcome', 'nps', 'overall', 'csat', 'ces', 'intent', 'aspect'])

/** Names for groups of a column's values, or for ranges of its numbers. */
export function GroupsForm({ id, columns, metrics, made, onClose }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const keep = useKeep(id, made, onClose)
  const words = groupChoices(columns.filter(({ role }) => role !== 'choice_set'), say)
  const numbers = columns.filter(({ role, usable }) => usable && NUMBERS.has(role)).map(({ name, label }) => ({ value: name, label: say(label) || name }))
  const before = made?.definition as MadeGroups | undefined
  const initial: Partial<Given> = before
    ? { name: made?.name ?? '', column: before.column, by: before.groups[0]?.values.length ? 'values' : 'ranges', groups: before.groups, ...(before.rest === null ? {} : { rest: before.rest }) }
    : { by: 'values', groups: [{}] }
  const submit = ({ name, column, by, groups, rest }: Given) => keep.mutate({
    name,
    definition: {
      kind: 'groups', column, rest: rest?.trim() || null,
      groups: groups.map((one) => (by === 'values' ? { name: one.name ?? '', values: one.values ?? [] } : { name: one.name ?? '', low: one.low ?? null, high: one.high ?? null })),
    },
  })
  return (
    <FormDialog<Given> title={t(made ? 'made.change' : 'made.newGroups', { name: made?.name })} initial={initial} error={keep.error} busy={keep.isPending} onSubmit={submit} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="name" label={t('made.name')} rules={[{ required: true, whitespace: true, message: t('made.nameNeeded') }]}><Input maxLength={60} disabled={made !== null} placeholder={t('made.groupsName')} /></Form.Item>
          <Form.Item name="column" label={t('made.column')} rules={[{ required: true, message: t('made.columnNeeded') }]}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={[...words, ...numbers]} onChange={(column: string) => form.setFieldValue('by', numbers.some(({ value }) => value === column) ? 'ranges' : 'values')} />
          </Form.Item>
          <Form.Item name="by"><Segmented options={(['values', 'ranges'] as const).map((value) => ({ value, label: t(`made.by.${value}`) }))} /></Form.Item>
          <Form.Item noStyle shouldUpdate={(a: Given, b: Given) => a.column !== b.column || a.by !== b.by}>
            {() => <Groups id={id} column={form.getFieldValue('column') as string | undefined} by={form.getFieldValue('by') as Given['by']} metric={metrics[0]?.value} />}
          </Form.Item>
          <Form.Item name="rest" label={t('made.rest')} extra={t('made.restHow')}><Input maxLength={60} placeholder={t('made.restName')} /></Form.Item>
        </>
      )}
    </FormDialog>
  )
}

type GroupsProps = { id: string; column: string | undefined; by: Given['by']; metric: string | undefined }

function Groups({ id, column, by, metric }: GroupsProps) {
  const { t } = useTranslation()
  const values = useValues(id, column && by === 'values' ? [column] : [], metric)[column ?? ''] ?? []
  return (
    <Form.List name="groups">
      {(rows, { add, remove }) => (
        <div className="made-rows">
          {rows.map(({ key, name }) => (
            <fieldset key={key} className="made-row">
              <legend className="hidden">{t('made.group', { n: name + 1 })}</legend>
              <Form.Item name={[name, 'name']} label={t('made.groupName')} rules={[{ required: true, whitespace: true, message: t('made.nameNeeded') }]}><Input maxLength={60} /></Form.Item>
              {by === 'values'
                ? <Form.Item name={[name, 'values']} label={t('made.values')} rules={[{ required: true, message: t('made.valuesNeeded') }]}><Select mode="tags" options={values.map((value) => ({ value, label: value }))} /></Form.Item>
                : <div className="row nowrap"><Form.Item name={[name, 'low']} label={t('made.from')}><InputNumber /></Form.Item><Form.Item name={[name, 'high']} label={t('made.below')}><InputNumber /></Form.Item></div>}
              {rows.length > 1 && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('made.removeGroup', { n: name + 1 })} onClick={() => remove(name)} />}
            </fieldset>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => add({})}>{t('made.addGroup')}</Button>
        </div>
      )}
    </Form.List>
  )
}
