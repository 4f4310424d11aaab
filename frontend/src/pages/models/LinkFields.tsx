import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Codebook, DatasetRow } from '../../api/data.ts'
import type { How } from '../../api/models.ts'
import { useRead } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import { COLUMNLESS, type Given } from './plan.ts'

const HOWS: readonly How[] = ['count', 'any', 'days', 'sum', 'mean', 'min', 'max', 'first', 'last', 'nearest']
const SIDES = ['after', 'before', 'around', 'none'] as const

type Props = { datasets: DatasetRow[]; base: string | undefined; other: string | undefined }

/** Two datasets, the key that they share, a time window, and what comes over. */
export function LinkFields({ datasets, base, other }: Props) {
  const { t } = useTranslation()
  const options = datasets.map(({ id, name }) => ({ value: id, label: name }))
  const own = useColumns(base)
  const theirs = useColumns(other)
  const needed = [{ required: true, message: t('models.needed') }]
  return (
    <>
      <div className="link-fields">
        <Form.Item name="base" label={t('models.base')} rules={needed}><Select options={options} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
        <Form.Item name="other" label={t('models.other')} rules={needed}><Select options={options} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
        <Form.Item name="base_key" label={t('models.baseKey')} rules={needed}><Select options={own} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
        <Form.Item name="other_key" label={t('models.otherKey')} rules={needed}><Select options={theirs} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
        <Form.Item name="side" label={t('models.window')}><Select options={SIDES.map((value) => ({ value, label: t(`models.side.${value}`) }))} /></Form.Item>
        <Form.Item noStyle shouldUpdate={(a: Given, b: Given) => a.side !== b.side}>
          {({ getFieldValue }) => getFieldValue('side') !== 'none' && (
            <div className="link-fields">
              <Form.Item name="days" label={t('models.days')}><InputNumber min={1} max={3660} suffix={t('dataset.days')} style={{ width: '100%' }} /></Form.Item>
              <Form.Item name="other_time" label={t('models.otherTime')}><Select allowClear options={theirs} placeholder={t('models.otherTimeUsual')} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
            </div>
          )}
        </Form.Item>
      </div>
      <Form.List name="take">
        {(fields, { add, remove }) => (
          <Form.Item label={t('models.take')}>
            {fields.map(({ key, name }) => (
              <div key={key} className="take-line">
                <Form.Item name={[name, 'how']} noStyle><Select aria-label={t('models.howTaken')} options={HOWS.map((value) => ({ value, label: t(`models.hows.${value}`) }))} /></Form.Item>
                <Form.Item noStyle shouldUpdate>
                  {({ getFieldValue }) => COLUMNLESS.has(getFieldValue(['take', name, 'how']) as How) ? <span /> : <Form.Item name={[name, 'column']} noStyle rules={needed}><Select aria-label={t('query.column')} placeholder={t('query.column')} options={theirs} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>}
                </Form.Item>
                <Form.Item name={[name, 'name']} noStyle rules={needed}><Input placeholder={t('models.called')} aria-label={t('models.called')} /></Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => remove(name)} />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ how: 'count' })}>{t('models.addTake')}</Button>
          </Form.Item>
        )}
      </Form.List>
    </>
  )
}

function useColumns(dataset: string | undefined) {
  const say = useSay()
  const book = useRead<Codebook>(`/datasets/${dataset ?? ''}/codebook`, undefined, { enabled: dataset !== undefined })
  return (book.data?.columns ?? []).map(({ name, label }) => ({ value: name, label: say(label) || name }))
}
