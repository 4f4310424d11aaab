import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ApiError } from '../../../api/client.ts'
import type { Board } from '../../../api/boards.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { save } from '../../../components/Downloads.tsx'
import type { Filters } from './useTiles.ts'

const FORMATS = ['pdf', 'pptx', 'xlsx'] as const

/** The whole board as a file, with the filters that hold now printed on it. */
export function TakeAlong({ board, filters }: { board: Board; filters: Filters }) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const take = async (format: string) => {
    setBusy(true)
    try {
      save(await api.file(`/boards/${board.id}/file`, { format }, { lang: language === 'en' ? 'en' : 'zh', ...filters }), `${say(board.name)}.${format}`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      message.error(error.say(language))
    } finally {
      setBusy(false)
    }
  }
  const items = FORMATS.map((key) => ({ key, label: key.toUpperCase(), onClick: () => void take(key) }))
  return <Dropdown menu={{ items }} trigger={['click']}><Button icon={<DownloadOutlined />} loading={busy}>{t('common.export')}</Button></Dropdown>
}
