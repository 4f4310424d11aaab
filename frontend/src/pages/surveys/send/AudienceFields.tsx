import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, InputNumber, Select, type FormInstance } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Codebook, DatasetRow } from '../../../api/data.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import { OPERATORS } from '../../../api/sending.ts'
import type { Survey } from '../../../api/surveys.ts'
import { useSay } from '../../../app/language.ts'
import type { Given } from './plans.ts'

const MOST_DATASETS = 200
const MOST_CONDITIONS = 20
type Columns = { value: string; label: string }[]

/** Whose customers, with which conditions (all of them hold), how many of them, with which facts. */
export function AudienceFields({ form, surveyId }: { form: FormInstance<Given>; surveyId: string }) {
  const { t } = useTranslation()
  const say = useSay()
  const dataset = Form.useWatch('dataset', form)
  const size = Form.useWatch('size', form)
  const all = useRead<Listed<DatasetRow>>('/datasets', { limit: MOST_DATASETS }).data?.items ?? []
  const book = useRead<Codebook>(`/datasets/${dataset ?? ''}/codebook`, undefined, { enabled: Boolean(dataset) })
  const survey = useRead<Survey>(`/surveys/${surveyId}`)
  const columns: Columns = (book.data?.columns ?? []).map((one) => ({ value: one.name, label: say(one.label) || one.name }))
  return (
    <>
      <Form.Item name="dataset" label={t('sending.dataset')} rules={[{ required: true, message: t('sending.needed') }]}><Select showSearch={{ optionFilterProp: 'label' }} options={all.map(({ id, name }) => ({ value: id, label: name }))} /></Form.Item>
      <Conditions columns={columns} />
      <div className="row">
        <Form.Item name="size" label={t('sending.size')}><InputNumber min={1} max={10_000_000} placeholder={t('sending.everybody')} /></Form.Item>
        <Form.Item name="by" label={t('sending.strata')} extra={size ? t('sending.strataHow') : undefined}><Select allowClear disabled={!size} style={{ width: 184 }} options={columns} /></Form.Item>
      </div>
      {(survey.data?.draft.fields ?? []).map((name) => (
        <Form.Item key={name} name={['fields', name]} label={t('sending.fact', { name })}><Select allowClear style={{ width: 184 }} options={columns} /></Form.Item>
      ))}
    </>
  )
}

function Conditions({ columns }: { columns: Columns }) {
  const { t } = useTranslation()
  const needed = [{ required: true, message: t('sending.needed') }]
  return (
    <Form.List name="where">
      {(rows, { add, remove }) => (
        <fieldset className="conditions">
          <legend>{t('sending.where')}</legend>
          {rows.map(({ key, name }) => (
            <div key={key} className="row">
              <Form.Item name={[name, 'column']} rules={needed}><Select aria-label={t('sending.column')} placeholder={t('sending.column')} showSearch={{ optionFilterProp: 'label' }} style={{ width: 152 }} options={columns} /></Form.Item>
              <Form.Item name={[name, 'operator']}><Select aria-label={t('sending.compare')} style={{ width: 104 }} options={OPERATORS.map((value) => ({ value, label: t(`sending.operators.${value}`) }))} /></Form.Item>
              <Form.Item name={[name, 'values']} rules={needed}><Select aria-label={t('sending.values')} placeholder={t('sending.values')} mode="tags" style={{ width: 152 }} open={false} suffixIcon={null} /></Form.Item>
              <Button icon={<DeleteOutlined />} aria-label={t('sending.dropCondition')} onClick={() => remove(name)} />
            </div>
          ))}
          {rows.length < MOST_CONDITIONS && <Button size="small" icon={<PlusOutlined />} onClick={() => add({ operator: '=', values: [] })}>{t('sending.addCondition')}</Button>}
        </fieldset>
      )}
    </Form.List>
  )
}
