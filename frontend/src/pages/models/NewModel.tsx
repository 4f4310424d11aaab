import { Alert, Button, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import type { DatasetRow } from '../../api/data.ts'
import type { CommonColumn, Model, Preview } from '../../api/models.ts'
import { useRead, useWrite, type Page as Listed } from '../../api/hooks.tsx'
import { useLanguage } from '../../app/language.ts'
import { PageHead } from '../../components/PageHead.tsx'
import { LinkFields } from './LinkFields.tsx'
import { planOf, scored, type Given } from './plan.ts'
import { WhatMeets } from './WhatMeets.tsx'
import './models.css'

/** Say what belongs together, look at how the rows meet, keep it. */
export function Page() {
  const { t } = useTranslation()
  const language = useLanguage()
  const go = useNavigate()
  const [form] = Form.useForm<Given>()
  const datasets = (useRead<Listed<DatasetRow>>('/datasets').data?.items ?? []).filter(({ version }) => version !== null)
  const options = datasets.map(({ id, name }) => ({ value: id, label: name }))
  const [columns, setColumns] = useState<CommonColumn[]>([])
  const look = useWrite(({ given, common }: { given: Given; common: CommonColumn[] }) => api.post<Preview>('/models/preview', planOf(given, common)), { quiet: true })
  const lookAt = (common: CommonColumn[]) => {
    setColumns(common)
    look.mutate({ given: form.getFieldsValue(), common })
  }
  const change = () => {
    setColumns([])
    look.reset()
  }
  const keep = useWrite((given: Given) => api.post<Model>('/models', { name: given.name, ...planOf(given, columns) }), { quiet: true, refresh: ['/models', '/datasets'], done: t('models.kept'), after: () => void go('/models') })
  const error = keep.error ?? look.error
  return (
    <>
      <PageHead title={t('models.add')} lead={t('models.how')} above={<Link to="/models">{t('areas.models')}</Link>} />
      <Form<Given> form={form} className="panel" layout="vertical" requiredMark={false} initialValues={{ kind: 'link', side: 'after', days: 90, take: [{ how: 'count' }] }} onFinish={() => lookAt(columns)} onValuesChange={(changed) => { if (!('name' in changed)) change() }}>
        <Form.Item name="kind"><Radio.Group optionType="button" options={(['link', 'union'] as const).map((value) => ({ value, label: t(`models.kinds.${value}`) }))} /></Form.Item>
        <Form.Item noStyle shouldUpdate>
          {({ getFieldValue }) => getFieldValue('kind') === 'union' ? (
            <Form.Item name="sources" label={t('models.sources')} extra={t('models.sourcesHow')} rules={[{ required: true, type: 'array', min: 2, message: t('models.twoNeeded') }]}><Select mode="multiple" options={options} optionFilterProp="label" /></Form.Item>
          ) : <LinkFields datasets={datasets} base={getFieldValue('base') as string | undefined} other={getFieldValue('other') as string | undefined} />}
        </Form.Item>
        <Form.Item name="name" label={t('models.name')} rules={[{ required: true, whitespace: true, message: t('import.nameNeeded') }]}><Input maxLength={120} /></Form.Item>
        <div className="row">
          <Button htmlType="submit" loading={look.isPending}>{t('models.look')}</Button>
          <Button type="primary" disabled={!look.data || (look.data.apart.length > 0 && look.data.common.length === 0)} loading={keep.isPending} onClick={() => keep.mutate(form.getFieldsValue())}>{t('models.keep')}</Button>
        </div>
      </Form>
      {error && <Alert className="model-fault" type="error" showIcon title={error.say(language)} />}
      {look.data && <WhatMeets found={look.data} onScore={(apart) => lookAt(scored(look.data, apart))} names={new Map(datasets.map(({ id, name }) => [id, name]))} />}
    </>
  )
}
