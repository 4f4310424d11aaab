import { BarChartOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { DatasetDetail, Import } from '../../../api/data.ts'
import { api } from '../../../api/client.ts'
import { useForget, useRead, useWrite } from '../../../api/hooks.tsx'
import type { Job } from '../../../api/types.ts'
import { useSay } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { JobProgress } from '../../../components/JobProgress.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { PageTabs } from '../../../components/PageTabs.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { Refreshes } from '../refresh/Refreshes.tsx'
import { MoreData } from './MoreData.tsx'
import { Overview } from './Overview.tsx'
import { Quality } from './Quality.tsx'
import { Settings } from './Settings.tsx'
import { Versions } from './Versions.tsx'
import './dataset.css'

export function Page() {
  const { id = '' } = useParams()
  const read = useRead<DatasetDetail>(`/datasets/${id}`)
  const forget = useForget()
  return <Loaded read={read} rows={10}>{(dataset) => <Dataset dataset={dataset} onChange={() => void forget([`/datasets/${id}`])} />}</Loaded>
}

function Dataset({ dataset, onChange }: { dataset: DatasetDetail; onChange: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const [chosen, choose] = useAddress()
  const ready = dataset.version !== null
  const [job, setJob] = useState<string | null>(null)
  const tabs = [
    { key: 'overview', label: t('dataset.overview'), children: <Overview dataset={dataset} /> },
    ready && { key: 'quality', label: t('dataset.quality'), children: <Quality dataset={dataset} /> },
    ready && { key: 'versions', label: t('dataset.versions'), children: <Versions dataset={dataset} onJob={setJob} /> },
    ready && may('import_data') && { key: 'more', label: t('dataset.more'), children: <MoreData dataset={dataset} onChange={onChange} /> },
    may('import_data') && { key: 'refresh', label: t('refresh.title'), children: <Refreshes dataset={dataset} onJob={setJob} /> },
    may('edit_codebook') && { key: 'settings', label: t('dataset.settings'), children: <Settings key={dataset.revision} dataset={dataset} /> },
  ].filter((tab) => tab !== false)
  return (
    <>
      <PageHead
        title={dataset.name} above={<Link to="/datasets">{t('areas.datasets')}</Link>}
        lead={dataset.generated ? t('dataset.generatedHow') : undefined}
        actions={<>
          {may('edit_codebook') && <Link to={`/datasets/${dataset.id}/codebook`}><Button>{t('dataset.codebook')}</Button></Link>}
          {ready && <Link to={`/report?dataset=${dataset.id}`}><Button type="primary" icon={<BarChartOutlined />}>{t('dataset.report')}</Button></Link>}
        </>}
      />
      {dataset.archived_at && <Archived dataset={dataset} />}
      <Waiting dataset={dataset} onChange={onChange} />
      {job && <div className="panel spaced"><JobProgress<Job> key={job} path={`/jobs/${job}`} jobOf={(one) => one} onEnd={onChange} /></div>}
      <PageTabs items={tabs} activeKey={tabs.find(({ key }) => key === chosen.get('tab'))?.key ?? 'overview'} onChange={(tab) => choose({ tab: tab === 'overview' ? null : tab })} />
    </>
  )
}

/** A dataset that was put away: it can be brought back. */
function Archived({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const may = useMay()
  const back = useWrite(() => api.post(`/datasets/${dataset.id}/restore`), { refresh: ['/datasets', '/customers', '/clients'], done: t('common.saved') })
  return <Alert className="spaced" type="warning" showIcon title={t('removal.isArchived')} action={may('import_data') && <Button size="small" loading={back.isPending} onClick={() => back.mutate(undefined)}>{t('removal.restore')}</Button>} />
}

/** An import under way, waiting for a person, or gone wrong. */
function Waiting({ dataset, onChange }: { dataset: DatasetDetail; onChange: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const waiting = dataset.waiting_import
  if (!waiting) return null
  if (waiting.status === 'waiting' || waiting.status === 'loading') {
    return <div className="panel spaced"><JobProgress<Import> path={`/imports/${waiting.id}`} jobOf={({ job }) => job} onEnd={onChange} /></div>
  }
  if (waiting.status === 'failed') return <Alert className="spaced" type="error" showIcon title={t('dataset.importFailed')} description={say(waiting.error?.sentence)} />
  if (waiting.status === 'understood' && dataset.version) {
    return <Alert className="spaced" type="info" showIcon title={t('dataset.understood')} action={<Link to={`/datasets/${dataset.id}/codebook`}>{t('dataset.toCodebook')}</Link>} />
  }
  return null
}
