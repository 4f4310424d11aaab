import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { address, type Params } from '../api/client.ts'
import { useLanguage } from '../app/language.ts'

/** A list taken along as a file that a spreadsheet opens. */
export function ExportMenu({ path, params }: { path: string; params?: Params }) {
  const { t } = useTranslation()
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const files = ['csv', 'xlsx'].map((format) => ({
    key: format, label: <a href={address(path, { ...params, format, lang })} download>{format.toUpperCase()}</a>,
  }))
  return <Dropdown menu={{ items: files }} trigger={['click']}><Button icon={<DownloadOutlined />}>{t('common.export')}</Button></Dropdown>
}
