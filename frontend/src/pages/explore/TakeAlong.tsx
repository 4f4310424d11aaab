import type { EChartsType } from 'echarts/core'
import { FileImageOutlined, ShareAltOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Downloads } from '../../components/Downloads.tsx'
import { savePicture } from '../../components/picture.ts'
import { ShareDialog } from '../../components/ShareDialog.tsx'
import type { ViewAnswer } from '../../components/view/answer.ts'
import { askedOf, tabbed } from './taken.ts'

/** Its data, its picture, its file; and a link that can be forwarded to people without an account. */
export function TakeAlong({ answer, drawn }: { answer: ViewAnswer; drawn: RefObject<EChartsType | null> }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const may = useMay()
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const [sharing, setSharing] = useState(false)
  const { dataset } = answer.view
  const take = async () => {
    if (drawn.current && (await savePicture(drawn.current, { name: 'huiyin', title: answer.title, caption: answer.caption }))) message.success(t('common.copied'))
  }
  return (
    <div className="row">
      <CopyButton type="text" size="small" words={() => tabbed(answer)}>{t('figure.copyData')}</CopyButton>
      {answer.option && !answer.words && <Button type="text" size="small" icon={<FileImageOutlined />} onClick={() => void take()}>{t('figure.copyPicture')}</Button>}
      <span className="gap" />
      {may('share') && <Button icon={<ShareAltOutlined />} onClick={() => setSharing(true)}>{t('report.share')}</Button>}
      <Downloads path={`/datasets/${dataset}/query`} body={askedOf(answer)} name="query" />
      {sharing && <ShareDialog id={dataset} kind="query" payload={{ ...askedOf(answer), lang, chart: answer.chart, options: answer.view.options, title: answer.view.title }} onClose={() => setSharing(false)} />}
    </div>
  )
}
