import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetRow } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { ColumnInput, ValueInput } from '../../../components/ColumnInput.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { useFirst } from '../../../components/useFirst.ts'
import { KINDS, type CalendarEvent } from './event.ts'

type Part = { column: string; value: string }
type Given = { kind: string; title: string; days: [Dayjs, Dayjs]; note?: string; dataset_id?: string; where?: Part[] }
type Props = { event: CalendarEvent | null; datasets: DatasetRow[]; onClose: () => void }

const DAY = 'YYYY-MM-DD'

function initialOf(event: CalendarEvent | null): Partial<Given> {
  if (!event) return { kind: 'release', days: [dayjs(), dayjs()] }
  const { kind, title, note, since, until, dataset_id, where } = event
  return { kind, title, note, days: [dayjs(since), dayjs(until)], dataset_id: dataset_id ?? undefined, where: Object.entries(where).map(([column, value]) => ({ column, value })) }
}

/** One event: what, when, and whom it concerns. */
export function EventDialog({ event, datasets, onClose }: Props) {
  const { t } = useTranslation()
  const [usual] = useFirst(datasets)
  const save = useWrite(
    ({ kind, title, days: [since, until], note, dataset_id, where }: Given) => {
      const body = {
        kind, title, note: note ?? '', since: since.format(DAY), until: until.format(DAY), dataset_id: dataset_id ?? null,
        where: Object.fromEntries((where ?? []).map((one) => [one.column, one.value])),
      }
      return event ? api.put(`/calendar/${event.id}`, { ...body, revision: event.revision }) : api.post('/calendar', body)
    },
    { refresh: ['/calendar', '/datasets'], quiet: true, done: t('common.saved'), after: onClose },
  )
  return (
    <FormDialog<Given> title={event ? t('calendar.change') : t('calendar.add')} initial={initialOf(event)} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="title" label={t('calendar.name')} rules={[{ required: true, whitespace: true, message: t('calendar.nameNeeded') }]}><Input maxLength={200} placeholder={t('calendar.namePlace')} /></Form.Item>
      <Form.Item name="kind" label={t('calendar.kind')}><Select options={KINDS.map((value) => ({ value, label: t(`calendar.kinds.${value}`) }))} /></Form.Item>
      <Form.Item name="days" label={t('calendar.days')} rules={[{ required: true, message: t('calendar.daysNeeded') }]}><DatePicker.RangePicker allowClear={false} style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="note" label={t('calendar.note')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} /></Form.Item>
      <Form.Item name="dataset_id" label={t('calendar.dataset')}><Select allowClear placeholder={t('calendar.allDatasets')} options={datasets.map(({ id, name }) => ({ value: id, label: name }))} /></Form.Item>
      <Scope usual={usual?.id} />
    </FormDialog>
  )
}

/** Groups of the dataset that the event is for; of the one looked at last where it is for all. */
function Scope({ usual }: { usual: string | undefined }) {
  const { t } = useTranslation()
  const dataset = Form.useWatch<string | undefined>('dataset_id') ?? usual
  const where = Form.useWatch<Partial<Part>[] | undefined>('where') ?? []
  return (
    <Form.List name="where">
      {(fields, { add, remove }) => (
        <Form.Item label={t('calendar.scope')}>
          {fields.map(({ key, name }) => (
            <div key={key} className="row nowrap group-line">
              <Form.Item name={[name, 'column']} noStyle rules={[{ required: true, message: t('rules.columnNeeded') }]}><ColumnInput dataset={dataset} aria-label={t('rules.column')} placeholder={t('rules.column')} /></Form.Item>
              <span>=</span>
              <Form.Item name={[name, 'value']} noStyle rules={[{ required: true, message: t('rules.valuesNeeded') }]}><ValueInput dataset={dataset} column={where[name]?.column ?? ''} aria-label={t('query.values')} placeholder={t('query.values')} /></Form.Item>
              <Button type="text" icon={<MinusCircleOutlined />} aria-label={t('common.remove')} onClick={() => remove(name)} />
            </div>
          ))}
          {fields.length === 0 && <span className="soft small">{t('calendar.everybody')} </span>}
          <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add()}>{t('calendar.addScope')}</Button>
        </Form.Item>
      )}
    </Form.List>
  )
}
