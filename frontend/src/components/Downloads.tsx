import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ApiError } from '../api/client.ts'
import { useLanguage } from '../app/language.ts'

const FORMATS: readonly string[] = ['csv', 'xlsx']

/** What stands in an answer to a question that was sent, as a file. */
export function Downloads({ path, body, name, formats = FORMATS }: { path: string; body: object; name: string; formats?: readonly string[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const take = async (format: string) => {
    setBusy(true)
    try {
      save(await api.file(path, { format, lang: language === 'en' ? 'en' : 'zh' }, body), `${name}.${format}`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      message.error(error.say(language))
    } finally {
      setBusy(false)
    }
  }
  const items = formats.map((key) => ({ key, label: key.toUpperCase(), onClick: () => void take(key) }))
  return <Dropdown menu={{ items }} trigger={['click']}><Button icon={<DownloadOutlined />} loading={busy}>{t('common.export')}</Button></Dropdown>
}

export function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href))
}
