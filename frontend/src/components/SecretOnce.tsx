import { Alert, Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './CopyButton.tsx'
import { Dialog } from './Dialog.tsx'

/** A link or secret that is shown this once. */
export function SecretOnce({ title, secret, how, onClose }: { title: string; secret: string; how: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={title} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t('common.done')}</Button>}>
      <div className="stack">
        <Alert type="info" showIcon title={how} />
        <div className="row nowrap">
          <Input className="mono" value={secret} readOnly aria-label={title} onFocus={(event) => event.target.select()} />
          <CopyButton words={secret} type="primary">{t('common.copy')}</CopyButton>
        </div>
      </div>
    </Dialog>
  )
}
