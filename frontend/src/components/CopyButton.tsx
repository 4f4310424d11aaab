import { CopyOutlined } from '@ant-design/icons'
import { App, Button, type ButtonProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { copyText } from './clipboard.ts'

/** Copy something, and say that it was done. */
export function CopyButton({ words, children, ...rest }: ButtonProps & { words: string | (() => string) }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const copy = async () => {
    const done = await copyText(typeof words === 'string' ? words : words())
    if (done) message.success(t('common.copied'))
    else message.error(t('common.notCopied'))
  }
  return <Button icon={<CopyOutlined />} {...rest} onClick={() => void copy()}>{children}</Button>
}
