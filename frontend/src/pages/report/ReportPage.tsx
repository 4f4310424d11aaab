import { DownloadOutlined, ShareAltOutlined } from '@ant-design/icons'
import { Button, Dropdown, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Fault } from '../../app/shell/Fault.tsx'
import { useLanguage } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { FileLink } from '../../components/FileLink.tsx'
import { DatasetPicker, useDataset } from '../../components/DatasetPicker.tsx'
import { JobView } from '../../components/JobProgress.tsx'
import { NeedsDataset } from '../../components/NeedsDataset.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { useTitle } from '../../components/useTitle.ts'
import { useReport } from '../../components/paper/useReport.ts'
import '../../components/paper/paper.css'
import { Paper } from './Paper.tsx'
import { ShareDialog } from '../../components/ShareDialog.tsx'
import './report.css'

const PURPOSES = ['general', 'repurchase', 'churn', 'process'] as const
const FORMATS = ['html', 'xlsx', 'pdf', 'pptx'] as const

/** Conclusions first, then evidence; what is shown stands in the address. */
export function Page() {
  const { t } = useTranslation()
  const picked = useDataset()
  const [chosen, choose] = useAddress()
  const purpose = chosen.get('purpose') ?? 'general'
  const name = picked.all.find(({ id }) => id === picked.id)?.name
  useTitle([name, t('areas.report')].filter(Boolean).join(' · '))
  return (
    <>
      <div className="work-bar">
        <DatasetPicker {...picked} />
        <Select value={purpose} aria-label={t('report.purpose')} options={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))} onChange={(value) => choose({ purpose: value === 'general' ? null : value }, { replace: false })} popupMatchSelectWidth={false} />
        <span className="gap" />
        {picked.id && <Actions id={picked.id} name={name} purpose={purpose} />}
      </div>
      <NeedsDataset picked={picked}>{(id) => <Shown key={`${id}${purpose}`} id={id} purpose={purpose} />}</NeedsDataset>
    </>
  )
}

function Shown({ id, purpose }: { id: string; purpose: string }) {
  const { page, job, error, retry } = useReport(id, purpose)
  if (error) return <Fault error={error} onRetry={retry} />
  if (page) return <Paper page={page} />
  return job ? <div className="panel"><JobView job={job} /></div> : <Skeleton active paragraph={{ rows: 14 }} />
}

function Actions({ id, name, purpose }: { id: string; name: string | undefined; purpose: string }) {
  const { t } = useTranslation()
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const may = useMay()
  const [sharing, setSharing] = useState(false)
  const files = FORMATS.map((format) => ({
    key: format, label: <FileLink path={`/datasets/${id}/report/${format}`} params={{ purpose, lang }} name={`${name ?? 'report'}.${format}`}>{t(`format.${format}`)}</FileLink>,
  }))
  return (
    <>
      {may('share') && <Button icon={<ShareAltOutlined />} onClick={() => setSharing(true)}>{t('report.share')}</Button>}
      <Dropdown menu={{ items: files }} trigger={['click']}><Button icon={<DownloadOutlined />}>{t('report.download')}</Button></Dropdown>
      {sharing && <ShareDialog id={id} kind="report" payload={{ purpose, lang }} onClose={() => setSharing(false)} />}
    </>
  )
}
