import { DownloadOutlined, ShareAltOutlined } from '@ant-design/icons'
import { Alert, Button, Dropdown, Select, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Fault } from '../../app/shell/Fault.tsx'
import { useLanguage, useSay } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import type { Codebook } from '../../api/data.ts'
import { useRead } from '../../api/hooks.tsx'
import { ReportedDataset } from '../../components/events/dataset.ts'
import { FileLink } from '../../components/FileLink.tsx'
import { DatasetPicker, useDataset } from '../../components/DatasetPicker.tsx'
import { ordinal } from '../../components/format.ts'
import { JobView } from '../../components/JobProgress.tsx'
import { measureChoices } from '../../components/measures.ts'
import { NeedsDataset } from '../../components/NeedsDataset.tsx'
import { Restated, ruledBy, useRules } from '../../components/Restated.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { useTitle } from '../../components/useTitle.ts'
import { useReport, type State } from '../../components/paper/useReport.ts'
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
  const state = { version: chosen.get('version'), rules_version: chosen.get('rules_version') }
  const name = picked.all.find(({ id }) => id === picked.id)?.name
  useTitle([name, t('areas.report')].filter(Boolean).join(' · '))
  return (
    <>
      <div className="work-bar">
        <DatasetPicker {...picked} clears={['version', 'rules_version']} />
        <Select value={purpose} aria-label={t('report.purpose')} options={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))} onChange={(value) => choose({ purpose: value === 'general' ? null : value }, { replace: false })} popupMatchSelectWidth={false} />
        <RulesSelect value={state.rules_version} onChange={(version) => choose({ rules_version: version ?? null }, { replace: false })} />
        <span className="gap" />
        {picked.id && <Actions id={picked.id} name={name} purpose={purpose} state={state} />}
      </div>
      {(state.version ?? state.rules_version) && <Then state={state} onToday={() => choose({ version: null, rules_version: null }, { replace: false })} />}
      <NeedsDataset picked={picked}>{(id) => <><Moved id={id} state={state} /><Shown key={`${id}${purpose}`} id={id} purpose={purpose} state={state} /></>}</NeedsDataset>
    </>
  )
}

/** By which rules the numbers are made; shown once there is more than one version. */
function RulesSelect({ value, onChange }: { value: string | null; onChange: (version?: string) => void }) {
  const { t } = useTranslation()
  const rules = useRules().data
  if (!rules || (rules.items.length < 2 && value === null)) return null
  const options = rules.items.map(({ version, valid_from }) => ({ value: String(version), label: ruledBy(t, { version, valid_from }) }))
  return <Select allowClear value={value ?? undefined} placeholder={t('restated.today')} aria-label={t('query.rules')} options={options} onChange={onChange} popupMatchSelectWidth={false} />
}

function Then({ state, onToday }: { state: State; onToday: () => void }) {
  const { t } = useTranslation()
  const words = [state.version && t('restated.data', { version: ordinal(Number(state.version)) }), state.rules_version && t('restated.byRules', { version: state.rules_version })].filter(Boolean).join(t('common.comma'))
  return <Alert className="then-bar" type="info" showIcon title={t('restated.thenReport', { words })} action={<Button size="small" onClick={onToday}>{t('restated.toToday')}</Button>} />
}

const HEADLINES = 6
const ROLES: ReadonlySet<string> = new Set(['nps', 'overall', 'csat', 'ces'])

/** The headline scores of an old report by its rules and by today's. */
function Moved({ id, state }: { id: string; state: State }) {
  const { t } = useTranslation()
  const say = useSay()
  const book = useRead<Codebook>(`/datasets/${id}/codebook`, undefined, { enabled: Boolean(state.rules_version) })
  const asked = useMemo(() => {
    const columns = (book.data?.columns ?? []).filter(({ role }) => ROLES.has(role))
    const metrics = measureChoices(columns, t, say).slice(0, HEADLINES).map(({ value }) => value)
    return { metrics, rules_version: Number(state.rules_version), ...(state.version ? { version: Number(state.version) } : {}) }
  }, [book.data, state.version, state.rules_version, t, say])
  return state.rules_version && asked.metrics.length > 0 ? <div className="then-moved"><Restated id={id} asked={asked} /></div> : null
}

function Shown({ id, purpose, state }: { id: string; purpose: string; state: State }) {
  const { page, job, error, retry } = useReport(id, purpose, state)
  if (error) return <Fault error={error} onRetry={retry} />
  if (page) return <ReportedDataset value={id}><Paper page={page} /></ReportedDataset>
  return job ? <div className="panel"><JobView job={job} /></div> : <Skeleton active paragraph={{ rows: 14 }} />
}

function Actions({ id, name, purpose, state }: { id: string; name: string | undefined; purpose: string; state: State }) {
  const { t } = useTranslation()
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const may = useMay()
  const [sharing, setSharing] = useState(false)
  const files = FORMATS.map((format) => ({
    key: format, label: <FileLink path={`/datasets/${id}/report/${format}`} params={{ purpose, lang, ...state }} name={`${name ?? 'report'}.${format}`}>{t(`format.${format}`)}</FileLink>,
  }))
  return (
    <>
      {may('share') && !state.version && <Button icon={<ShareAltOutlined />} onClick={() => setSharing(true)}>{t('report.share')}</Button>}
      <Dropdown menu={{ items: files }} trigger={['click']}><Button icon={<DownloadOutlined />}>{t('report.download')}</Button></Dropdown>
      {sharing && <ShareDialog id={id} kind="report" payload={{ purpose, lang, ...(state.rules_version ? { rules_version: Number(state.rules_version) } : {}) }} onClose={() => setSharing(false)} />}
    </>
  )
}
