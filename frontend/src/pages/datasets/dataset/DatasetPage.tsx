import { BarChartOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { DatasetDetail } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { JobProgress } from '../../../components/JobProgress.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { MoreData } from './MoreData.tsx'
import { Overview } from './Overview.tsx'
import { Quality } from './Quality.tsx'
import { Settings } from './Settings.tsx'
import { Versions } from './Versions.tsx'
import './dataset.css'

export function Page() {
  const { id = '' } = useParams()
  const read = useRead<DatasetDetail>(`/datasets/${id}`)
  return <Loaded read={read} rows={10}>{(dataset) => <Dataset dataset={dataset} onChange={() => void read.refetch()} />}</Loaded>
}

function Dataset({ dataset, onChange }: { dataset: DatasetDetail; onChange: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const [chosen, choose] = useAddress()
  const ready = dataset.versions.length > 0
  const tabs = [
    { key: 'overview', label: t('dataset.overview'), children: <Overview dataset={dataset} /> },
    ready && { key: 'quality', label: t('dataset.quality'), children: <Quality dataset={dataset} /> },
    ready && { key: 'versions', label: t('dataset.versions'), children: <Versions dataset={dataset} /> },
    ready && may('import_data') && { key: 'more', label: t('dataset.more'), children: <MoreData dataset={dataset} /> },
    may('edit_codebook') && { key: 'settings', label: t('dataset.settings'), children: <Settings dataset={dataset} /> },
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
      {dataset.job_id && <div className="panel" style={{ marginBottom: 16 }}><JobProgress id={dataset.job_id} onDone={onChange} /></div>}
      <Tabs items={tabs} activeKey={chosen.get('tab') ?? 'overview'} onChange={(tab) => choose({ tab: tab === 'overview' ? null : tab })} />
    </>
  )
}
