import { Button, Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import type { DatasetDetail } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'

type Given = { name: string; retention_days: number | null }

export function Settings({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const may = useMay()
  const go = useNavigate()
  const refresh = [`/datasets/${dataset.id}`, '/datasets']
  const save = useWrite((given: Given) => api.patch(`/datasets/${dataset.id}`, { ...given, revision: dataset.revision }), { refresh, done: t('common.saved') })
  const remove = useWrite(() => api.delete(`/datasets/${dataset.id}`), {
    refresh,
    done: t('dataset.removed', { name: dataset.name }),
    undo: () => api.post(`/datasets/${dataset.id}/restore`),
    after: () => void go('/datasets'),
  })
  return (
    <div className="stack">
      <Form className="panel narrow" layout="vertical" requiredMark={false} initialValues={dataset} onFinish={(given: Given) => save.mutate(given)}>
        <Form.Item name="name" label={t('datasets.name')} rules={[{ required: true, whitespace: true, message: t('import.nameNeeded') }]}><Input maxLength={120} /></Form.Item>
        <Form.Item name="retention_days" label={t('dataset.retention')} extra={t('dataset.retentionHow')}><InputNumber min={1} suffix={t('dataset.days')} style={{ width: 200 }} /></Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t('common.save')}</Button>
      </Form>
      {may('delete_data') && (
        <section className="panel narrow row far">
          <span>{t('dataset.removeHow')}</span>
          <Button danger loading={remove.isPending} onClick={() => remove.mutate(undefined)}>{t('dataset.remove')}</Button>
        </section>
      )}
    </div>
  )
}
