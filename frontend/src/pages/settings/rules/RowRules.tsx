import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Radio, Select, TreeSelect, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetRow } from '../../../api/data.ts'
import type { RowRule, StaffRow } from '../../../api/people.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { MOST_DATASETS } from '../../../components/datasets.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useFirst } from '../../../components/useFirst.ts'
import { ColumnInput, useColumnValues } from '../../../components/ColumnInput.tsx'
import { RoleSelect } from '../people/RoleSelect.tsx'
import { useNames } from '../people/useNames.ts'
import { unitTree } from '../units/tree.ts'

type Whom = 'everybody' | 'staff' | 'unit' | 'role'
type Given = { whom: Whom; staff_id?: string; unit_id?: string; role?: string; dataset_id?: string; column: string; values: string[] }

const MOST_STAFF = 500

/** Who sees only which rows; scores stay visible to all unless that is switched off in the settings. */
export function Page() {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<RowRule | 'new' | null>(null)
  return (
    <>
      <PageHead title={t('rules.title')} lead={t('rules.lead')} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>{t('rules.add')}</Button>} />
      <DataTable<RowRule> path="/row-rules" rowKey="id" label={t('rules.title')} columns={useColumns(setEdited)} local={({ column, values }) => `${column} ${values.join(' ')}`} empty={<EmptyState title={t('rules.none')} how={t('rules.noneHow')} />} />
      {edited && <RuleDialog rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function useStaff(): StaffRow[] {
  return useRead<Listed<StaffRow>>('/staff', { limit: MOST_STAFF }).data?.items ?? []
}

function useColumns(onEdit: (rule: RowRule) => void): TableColumnsType<RowRule> {
  const { t } = useTranslation()
  const names = useNames()
  const staff = useStaff()
  const datasets = useRead<Listed<DatasetRow>>('/datasets').data?.items ?? []
  const remove = useWrite((rule: RowRule) => api.delete(`/row-rules/${rule.id}`, { revision: rule.revision }), {
    refresh: ['/row-rules'], done: t('rules.removed'),
    undo: (_, { id: _id, revision: _revision, ...rule }) => api.post('/row-rules', rule),
  })
  const whom = (rule: RowRule) =>
    rule.staff_id ? (staff.find(({ id }) => id === rule.staff_id)?.name ?? rule.staff_id) : rule.unit_id ? t('rules.ofUnit', { unit: names.unit(rule.unit_id) }) : rule.role ? names.role(rule.role) : t('rules.everybody')
  return [
    { title: t('rules.whom'), key: 'whom', render: (_, rule) => <button type="button" className="as-link" onClick={() => onEdit(rule)}>{whom(rule)}</button> },
    { title: t('rules.sees'), key: 'sees', render: (_, rule) => <span className="wrap">{rule.column} = {rule.values.join(t('rules.or'))}</span> },
    { title: t('rules.dataset'), key: 'dataset', render: (_, rule) => datasets.find(({ id }) => id === rule.dataset_id)?.name ?? t('rules.allDatasets') },
    { title: <span className="hidden">{t('common.remove')}</span>, key: 'remove', className: 'number', render: (_, rule) => <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => remove.mutate(rule)} /> },
  ]
}

function RuleDialog({ rule, onClose }: { rule: RowRule | null; onClose: () => void }) {
  const { t } = useTranslation()
  const names = useNames()
  const staff = useStaff()
  const datasets = useRead<Listed<DatasetRow>>('/datasets', { limit: MOST_DATASETS }).data?.items ?? []
  const [usual] = useFirst(datasets)
  const save = useWrite(
    ({ whom, staff_id, unit_id, role, dataset_id, column, values }: Given) => {
      const body = { column, values, staff_id: whom === 'staff' ? staff_id : null, unit_id: whom === 'unit' ? unit_id : null, role: whom === 'role' ? role : null, dataset_id: dataset_id ?? null }
      return rule ? api.put(`/row-rules/${rule.id}`, { ...body, revision: rule.revision }) : api.post('/row-rules', body)
    },
    { refresh: ['/row-rules'], quiet: true, done: t('common.saved'), after: onClose },
  )
  const whom: Whom = rule?.staff_id ? 'staff' : rule?.unit_id ? 'unit' : rule?.role ? 'role' : rule ? 'everybody' : 'unit'
  const initial = { whom, staff_id: rule?.staff_id ?? undefined, unit_id: rule?.unit_id ?? undefined, role: rule?.role ?? undefined, dataset_id: rule?.dataset_id ?? undefined, column: rule?.column, values: rule?.values ?? [] }
  const kinds: Whom[] = ['unit', 'staff', 'role', 'everybody']
  return (
    <FormDialog<Given> title={rule ? t('rules.change') : t('rules.add')} initial={initial} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="whom" label={t('rules.whom')}><Radio.Group options={kinds.map((value) => ({ value, label: t(`rules.kind.${value}`) }))} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Given, b: Given) => a.whom !== b.whom}>
        {({ getFieldValue }) => {
          const chosen = getFieldValue('whom') as Whom
          const needed = [{ required: true, message: t('rules.whomNeeded') }]
          if (chosen === 'unit') return <Form.Item name="unit_id" rules={needed}><TreeSelect aria-label={t('people.unit')} treeData={unitTree(names.units)} treeDefaultExpandAll /></Form.Item>
          if (chosen === 'staff') return <Form.Item name="staff_id" rules={needed}><Select aria-label={t('people.name')} showSearch={{ optionFilterProp: 'label' }} options={staff.map(({ id, name, login }) => ({ value: id, label: `${name}（${login}）` }))} /></Form.Item>
          return chosen === 'role' ? <Form.Item name="role" rules={needed}><RoleSelect /></Form.Item> : null
        }}
      </Form.Item>
      <Form.Item name="column" label={t('rules.column')} extra={t('rules.columnHow')} rules={[{ required: true, whitespace: true, message: t('rules.columnNeeded') }]}><RuledColumn usual={usual?.id} /></Form.Item>
      <Form.Item name="values" label={t('rules.values')} extra={t('rules.valuesHow')} rules={[{ required: true, message: t('rules.valuesNeeded') }]}><RuledValues usual={usual?.id} /></Form.Item>
      <Form.Item name="dataset_id" label={t('rules.dataset')}><Select allowClear placeholder={t('rules.allDatasets')} options={datasets.map(({ id, name }) => ({ value: id, label: name }))} /></Form.Item>
    </FormDialog>
  )
}

type ValuesProps = { usual: string | undefined; id?: string; value?: string[]; onChange?: (values: string[]) => void }

/** Typed, or chosen among the values of the column: one that is mistyped lets nobody see a row. */
function RuledValues({ usual, ...props }: ValuesProps) {
  const dataset = Form.useWatch<string | undefined>('dataset_id') ?? usual
  const values = useColumnValues(dataset, Form.useWatch<string | undefined>('column') ?? '')
  return <Select {...props} mode="tags" tokenSeparators={['、', ',', '，']} options={values.map((value) => ({ value, label: value }))} />
}

/** Of the dataset that the rule is for; of the one looked at last where it is for all. */
function RuledColumn({ usual, ...props }: { usual: string | undefined; id?: string; value?: string; onChange?: (column: string) => void }) {
  const chosen = Form.useWatch<string | undefined>('dataset_id')
  return <ColumnInput {...props} dataset={chosen ?? usual} />
}
