import { Alert, Form, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useWrite } from '../api/hooks.tsx'
import { useMe } from '../app/me.tsx'
import { CopyButton } from './CopyButton.tsx'
import { Dialog } from './Dialog.tsx'
import { opensOnlyHere } from './onlyHere.ts'

type Given = { days: number; password?: string; watermark: boolean }
type Made = { id: string; url: string }
type Props = { id: string; kind: 'report' | 'query'; payload: object; onClose: () => void }

const DAYS = [7, 30, 90] as const

/** A link that can be forwarded: it expires, may ask for a password, and shows what I may see now. */
export function ShareDialog({ id, kind, payload, onClose }: Props) {
  const { t } = useTranslation()
  const { staff } = useMe()
  const [form] = Form.useForm<Given>()
  const [made, setMade] = useState<string | null>(null)
  const share = useWrite(
    (given: Given) => api.post<Made>('/share-links', { kind, dataset_id: id, payload, days: given.days, password: given.password || null, watermark: given.watermark ? staff.name : null }),
    { refresh: ['/share-links'], after: ({ url }) => setMade(url) },
  )
  return (
    <Dialog
      title={t('share.title')} onCancel={onClose} okText={t('share.make')} cancelText={t('common.close')} confirmLoading={share.isPending}
      onOk={() => form.submit()} footer={made === null ? undefined : null}
    >
      {made ? (
        <div className="stack">
          <Alert type="success" showIcon title={t('share.made')} />
          {opensOnlyHere(made) && <Alert type="warning" showIcon title={t('share.here')} />}
          <div className="row nowrap"><Input value={made} readOnly aria-label={t('share.link')} onFocus={(event) => event.target.select()} /><CopyButton words={made} type="primary">{t('common.copyLink')}</CopyButton></div>
        </div>
      ) : (
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ days: 30, watermark: true }} onFinish={(given) => share.mutate(given)}>
          <p className="soft" style={{ marginBottom: 16 }}>{t('share.how')}</p>
          <Form.Item name="days" label={t('share.days')}><Select options={DAYS.map((value) => ({ value, label: t('share.nDays', { count: value }) }))} /></Form.Item>
          <Form.Item name="password" label={t('share.password')} extra={t('share.passwordHow')}><Input.Password autoComplete="new-password" /></Form.Item>
          <Form.Item name="watermark" label={t('share.watermark')} extra={t('share.watermarkHow')} valuePropName="checked"><Switch /></Form.Item>
        </Form>
      )}
    </Dialog>
  )
}
