import { Alert, Form, type FormInstance } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/client.ts'
import { useLanguage } from '../app/language.ts'
import { Dialog } from './Dialog.tsx'

type Props<T> = {
  title: string
  initial: Partial<T>
  error: Error | null
  busy: boolean
  submit?: string
  onSubmit: (given: T) => void
  onClose: () => void
  children: ReactNode | ((form: FormInstance<T>) => ReactNode)
}

/** A form in a dialog; what the server refuses is said above it, and nothing typed is lost. */
export function FormDialog<T extends object>({ title, initial, error, busy, submit, onSubmit, onClose, children }: Props<T>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [form] = Form.useForm<T>()
  return (
    <Dialog typing title={title} onCancel={onClose} onOk={() => form.submit()} okText={submit ?? t('common.save')} cancelText={t('common.cancel')} confirmLoading={busy} destroyOnHidden>
      {error && <Alert type={error instanceof ApiError && error.status === 409 ? 'warning' : 'error'} showIcon title={error instanceof ApiError ? error.say(language) : String(error)} style={{ marginBottom: 16 }} />}
      <Form<T> form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={onSubmit} style={{ marginTop: 16 }}>
        {typeof children === 'function' ? children(form) : children}
      </Form>
    </Dialog>
  )
}
