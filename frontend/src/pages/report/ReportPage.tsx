import { DownloadOutlined, ShareAltOutlined } from '@ant-design/icons'
import { Button, Dropdown, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address } from '../../api/client.ts'
import { useLanguage } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { useRead } from '../../api/hooks.tsx'
import { DatasetPicker, useDataset } from '../../components/DatasetPicker.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { NeedsDataset } from '../../components/NeedsDataset.tsx'
import { Pending, type JobStarted } from '../../components/Pending.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { useTitle } from '../../components/useTitle.ts'
import type { ReportPage } from './page.ts'
import { Paper } from './Paper.tsx'
import { ShareDialog } from './ShareDialog.tsx'
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
        {picked.id && <Actions id={picked.id} purpose={purpose} />}
      </div>
      <NeedsDataset picked={picked}>{(id) => <Shown key={`${id}${purpose}`} id={id} purpose={purpose} />}</NeedsDataset>
    </>
  )
}

const STALE_MS = 60_000

function Shown({ id, purpose }: { id: string; purpose: string }) {
  const lang = useLanguage()
  const read = useRead<ReportPage | JobStarted>(`/datasets/${id}/report`, { purpose, lang }, { fresh: STALE_MS })
  return (
    <Loaded read={read} rows={14}>
      {(found) => ('job_id' in found ? <Pending job={found.job_id} onDone={() => void read.refetch()} /> : <Paper page={found} />)}
    </Loaded>
  )
}

function Actions({ id, purpose }: { id: string; purpose: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const may = useMay()
  const [sharing, setSharing] = useState(false)
  const files = FORMATS.map((format) => ({
    key: format, label: <a href={address(`/datasets/${id}/report/${format}`, { purpose, lang: language })} download>{t(`format.${format}`)}</a>,
  }))
  return (
    <>
      {may('share') && <Button icon={<ShareAltOutlined />} onClick={() => setSharing(true)}>{t('report.share')}</Button>}
      <Dropdown menu={{ items: files }} trigger={['click']}><Button icon={<DownloadOutlined />}>{t('report.download')}</Button></Dropdown>
      {sharing && <ShareDialog id={id} purpose={purpose} onClose={() => setSharing(false)} />}
    </>
  )
}
