import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import type { DatasetRow } from '../../api/data.ts'
import type { Target } from '../../api/metrics.ts'
import { useRead, useWrite, type Page as Listed } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import { FormDialog } from '../../components/FormDialog.tsx'
import { useFields } from '../../components/made.ts'
import { measureChoices, withOperations } from '../../components/measures.ts'

type Given = { metric: string; value: number; where?: { column: string; value: string }[]; dataset_id?: string; valid_from: Dayjs; valid_to?: Dayjs | null }

export function TargetDialog({ target, dataset, onClose }: { target: Target | null; dataset: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  const datasets = useRead<Listed<DatasetRow>>('/datasets').data?.items ?? []
  const save = useWrite(
    ({ metric, value, where, dataset_id, valid_from, valid_to }: Given) => {
      const body = {
        metric, value, dataset_id: dataset_id ?? null, higher_is_better: target?.higher_is_better ?? null,
        where: Object.fromEntries((where ?? []).map((one) => [one.column, one.value])),
        valid_from: valid_from.format('YYYY-MM-DD'), valid_to: valid_to?.format('YYYY-MM-DD') ?? null,
      }
      return target ? api.put(`/targets/${target.id}`, { ...body, revision: target.revision }) : api.post('/targets', body)
    },
    { refresh: ['/targets', '/datasets'], quiet: true, done: t('common.saved'), after: onClose },
  )
  const initial = target
    ? { metric: target.metric, value: target.value, dataset_id: target.dataset_id ?? undefined, where: Object.entries(target.where).map(([column, value]) => ({ column, value })), valid_from: dayjs(target.valid_from), valid_to: target.valid_to ? dayjs(target.valid_to) : undefined }
    : { metric: 'nps', dataset_id: dataset ?? undefined, valid_from: dayjs().startOf('year') }
  return (
    <FormDialog<Given> title={target ? t('metrics.changeTarget') : t('metrics.addTarget')} initial={initial} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="dataset_id" label={t('rules.dataset')}><Select allowClear placeholder={t('rules.allDatasets')} options={datasets.map(({ id, name }) => ({ value: id, label: name }))} /></Form.Item>
      <Form.Item name="metric" label={t('query.metric')} extra={t('metrics.metricHow')} rules={[{ required: true, whitespace: true, message: t('query.noMetric') }]}><Metric /></Form.Item>
      <Form.Item name="value" label={t('metrics.target')} extra={t('metrics.valueHow')} rules={[{ required: true, message: t('metrics.valueNeeded') }]}><InputNumber style={{ width: 200 }} /></Form.Item>
      <Form.List name="where">
        {(fields, { add, remove }) => (
          <Form.Item label={t('metrics.group')}>
            {fields.map(({ key, name }) => (
              <div key={key} className="row nowrap group-line">
                <Form.Item name={[name, 'column']} noStyle rules={[{ required: true, message: t('rules.columnNeeded') }]}><Input placeholder={t('rules.column')} /></Form.Item>
                <span>=</span>
                <Form.Item name={[name, 'value']} noStyle rules={[{ required: true, message: t('rules.valuesNeeded') }]}><Input placeholder={t('query.values')} /></Form.Item>
                <Button type="text" icon={<MinusCircleOutlined />} aria-label={t('common.remove')} onClick={() => remove(name)} />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add()}>{t('metrics.addGroup')}</Button>
          </Form.Item>
        )}
      </Form.List>
      <div className="row">
        <Form.Item name="valid_from" label={t('metrics.from')}><DatePicker allowClear={false} /></Form.Item>
        <Form.Item name="valid_to" label={t('metrics.to')}><DatePicker placeholder={t('metrics.open')} /></Form.Item>
      </div>
    </FormDialog>
  )
}

type MetricProps = { id?: string; value?: string; onChange?: (metric: string) => void }

/** Typed, or chosen among the metrics of the dataset that the target is for, those that people made too. */
function Metric(props: MetricProps) {
  const { t } = useTranslation()
  const say = useSay()
  const { columns, operations } = useFields(Form.useWatch<string | undefined>('dataset_id'))
  const choices = withOperations(measureChoices(columns, t, say), operations, say)
  return <AutoComplete {...props} options={choices.map(({ value, label }) => ({ value, label: `${label} · ${value}` }))} showSearch={{ filterOption: (words, option) => String(option?.label).toLowerCase().includes(words.toLowerCase()) }} />
}
