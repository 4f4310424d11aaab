import { DownloadOutlined, ShareAltOutlined } from '@ant-design/icons'
import { Button, Dropdown, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { useRead } from '../../api/hooks.tsx'
import { FileLink } from '../../components/FileLink.tsx'
import { DatasetPicker, useDataset } from '../../components/DatasetPicker.tsx'
import { jobEnded, JobView } from '../../components/JobProgress.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { NeedsDataset } from '../../components/NeedsDataset.tsx'
import type { Job } from '../../api/types.ts'
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

type Order = { ready: string[]; job: Job | null; version: number }

const EVERY_MS = 700
const isReady = (order: Order | undefined): boolean => order?.ready.includes('json') ?? false

/** The report is made once for each version and kept; until it is there, its progress is shown. */
function Shown({ id, purpose }: { id: string; purpose: string }) {
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const order = useRead<Order>(`/datasets/${id}/report`, { purpose, lang }, {
    every: (now) => (isReady(now) || (now?.job != null && now.job.status !== 'done' && jobEnded(now.job)) ? false : EVERY_MS),
  })
  const ready = isReady(order.data)
  const page = useRead<ReportPage>(`/datasets/${id}/report/json`, { purpose, lang, version: order.data?.version }, { enabled: ready, fresh: Infinity })
  if (order.data && !ready) return <div className="panel"><JobView job={order.data.job} /></div>
  return <Loaded read={order.isError ? (order as never) : page} rows={14}>{(found) => <Paper page={found} />}</Loaded>
}

function Actions({ id, purpose }: { id: string; purpose: string }) {
  const { t } = useTranslation()
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const may = useMay()
  const [sharing, setSharing] = useState(false)
  const files = FORMATS.map((format) => ({
    key: format, label: <FileLink path={`/datasets/${id}/report/${format}`} params={{ purpose, lang }}>{t(`format.${format}`)}</FileLink>,
  }))
  return (
    <>
      {may('share') && <Button icon={<ShareAltOutlined />} onClick={() => setSharing(true)}>{t('report.share')}</Button>}
      <Dropdown menu={{ items: files }} trigger={['click']}><Button icon={<DownloadOutlined />}>{t('report.download')}</Button></Dropdown>
      {sharing && <ShareDialog id={id} purpose={purpose} onClose={() => setSharing(false)} />}
    </>
  )
}
