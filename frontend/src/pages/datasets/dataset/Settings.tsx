import { Button, Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetDetail } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { Removal } from './Removal.tsx'
import { Retention } from './Retention.tsx'

type Given = { name: string; expected_every_days: number | null }

export function Settings({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const refresh = [`/datasets/${dataset.id}`, '/datasets']
  const save = useWrite((given: Given) => api.patch(`/datasets/${dataset.id}`, { ...given, revision: dataset.revision }), { refresh, done: t('common.saved') })
  return (
    <div className="stack">
      <Form className="panel narrow" layout="vertical" requiredMark={false} initialValues={dataset} onFinish={(given: Given) => save.mutate(given)}>
        <Form.Item name="name" label={t('datasets.name')} rules={[{ required: true, whitespace: true, message: t('import.nameNeeded') }]}><Input maxLength={120} /></Form.Item>
        <Form.Item name="expected_every_days" label={t('dataset.expected')} extra={t('dataset.expectedHow')}><InputNumber min={0.04} suffix={t('dataset.days')} style={{ width: 200 }} /></Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t('common.save')}</Button>
      </Form>
      {dataset.version && <Retention dataset={dataset} />}
      <Removal dataset={dataset} />
    </div>
  )
}
