import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Segmented, type MenuProps, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { SurveyCounts, SurveyRow } from '../../../api/surveys.ts'
import { useMay } from '../../../app/me.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { count, DASH } from '../../../components/format.ts'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { When } from '../../../components/When.tsx'
import { MainScore } from '../MainScore.tsx'
import { StatusTag } from '../StatusTag.tsx'
import '../surveys.css'
import { useSurveyWrites } from './useSurveyWrites.ts'

const EVERY_MS = 10_000

/** Which questionnaires there are, what came in, how sure their main score is. */
export function Page() {
  const { t } = useTranslation()
  const may = useMay()
  const [chosen, choose] = useAddress()
  const archived = chosen.get('archived') !== null
  const counts = useRead<Listed<SurveyCounts>>('/survey-counts', undefined, { every: () => EVERY_MS })
  const found = new Map((counts.data?.items ?? []).map((one) => [one.id, one]))
  const add = <Link to="/surveys/new"><Button type="primary" icon={<PlusOutlined />}>{t('surveys.add')}</Button></Link>
  return (
    <>
      <PageHead title={t('surveys.title')} lead={t('surveys.lead')} actions={may('edit_surveys') && add} />
      <DataTable<SurveyRow>
        path="/surveys" rowKey="id" label={t('surveys.title')} columns={useColumns(found)} local={({ name }) => name} to={({ id }) => `/surveys/${id}`}
        params={archived ? { archived: true } : {}} empty={<Nothing />} none={archived && <EmptyState title={t('surveys.noneArchived')} how={t('surveys.noneArchivedHow')} />}
        filters={<Segmented aria-label={t('surveys.which')} value={archived ? 'archived' : 'now'} onChange={(one) => choose({ archived: one === 'archived' ? '1' : null })} options={[{ value: 'now', label: t('surveys.now') }, { value: 'archived', label: t('surveys.archived') }]} />}
      />
    </>
  )
}

function Nothing() {
  const { t } = useTranslation()
  const may = useMay()
  const [, choose] = useAddress()
  const edits = may('edit_surveys')
  return (
    <EmptyState title={t('surveys.none')} how={t(edits ? 'surveys.noneHow' : 'surveys.noneForReader')}>
      {edits && <Link to="/surveys/new"><Button type="primary">{t('surveys.fromTemplate')}</Button></Link>}
      {edits && <Link to="/surveys/new?way=blank"><Button>{t('surveys.blank')}</Button></Link>}
      {edits && <Link to="/surveys/new?way=file"><Button>{t('surveys.import')}</Button></Link>}
      {edits && <Button type="text" onClick={() => choose({ archived: '1' })}>{t('surveys.seeArchived')}</Button>}
    </EmptyState>
  )
}

function useColumns(counts: ReadonlyMap<string, SurveyCounts>): TableColumnsType<SurveyRow> {
  const { t } = useTranslation()
  return [
    { title: t('datasets.name'), key: 'name', sorter: (a, b) => a.name.localeCompare(b.name, 'zh'), render: (_, row) => <Link className="wrap" to={`/surveys/${row.id}`}>{row.name}</Link> },
    { title: t('datasets.state'), key: 'status', render: (_, row) => <StatusTag survey={row} /> },
    {
      title: t('surveys.answers'), key: 'answers', sorter: (a, b) => (counts.get(a.id)?.n ?? 0) - (counts.get(b.id)?.n ?? 0),
      render: (_, row) => <Answers counts={counts.get(row.id)} />,
    },
    {
      title: t('surveys.score'), key: 'score', className: 'number',
      render: (_, row) => { const one = counts.get(row.id); return row.dataset_id && one?.measure && one.counted_at ? <MainScore dataset={row.dataset_id} measure={one.measure} since={one.counted_at} /> : DASH },
    },
    { title: t('surveys.version'), key: 'version', className: 'number', render: (_, row) => (row.version ? `v${String(row.version)}` : DASH) },
    { title: t('surveys.updated'), key: 'updated', sorter: (a, b) => a.updated_at.localeCompare(b.updated_at), render: (_, row) => <When at={row.updated_at} /> },
    { title: <span className="hidden">{t('common.more')}</span>, key: 'act', render: (_, row) => <Actions row={row} /> },
  ]
}

function Answers({ counts }: { counts: SurveyCounts | undefined }) {
  const { t } = useTranslation()
  if (!counts) return <>{DASH}</>
  const most = Math.max(1, ...counts.days.map(({ n }) => n))
  const week = counts.days.reduce((sum, { n }) => sum + n, 0)
  return (
    <span className="nowrap">
      {counts.n === null ? DASH : count(counts.n)}
      <span className="spark" role="img" aria-label={t('surveys.week', { n: count(week) })} title={t('surveys.week', { n: count(week) })}>
        {counts.days.map(({ day, n }) => <i key={day} className={n ? '' : 'none'} style={{ height: `${String(Math.max(8, (100 * n) / most))}%` }} />)}
      </span>
    </span>
  )
}

function Actions({ row }: { row: SurveyRow }) {
  const { t } = useTranslation()
  const may = useMay()
  const go = useNavigate()
  const { status, archive, copy } = useSurveyWrites((id) => void go(`/surveys/${id}`))
  if (!may('edit_surveys')) return null
  const live = row.version !== null && !row.archived
  const items: MenuProps['items'] = [
    { key: 'results', label: <Link to={`/surveys/${row.id}/results`}>{t('surveys.results')}</Link> },
    live && row.status === 'open' && { key: 'pause', label: t('surveys.pause'), onClick: () => status.mutate({ row, status: 'paused' }) },
    live && row.status !== 'open' && { key: 'open', label: t('surveys.reopen'), onClick: () => status.mutate({ row, status: 'open' }) },
    live && row.status !== 'closed' && { key: 'close', label: t('surveys.close'), onClick: () => status.mutate({ row, status: 'closed' }) },
    { key: 'copy', label: t('surveys.duplicate'), onClick: () => copy.mutate(row) },
    { key: 'archive', label: t(row.archived ? 'surveys.restore' : 'surveys.archive'), onClick: () => archive.mutate({ row, archived: !row.archived }) },
  ].filter((one) => one !== false)
  return <Dropdown menu={{ items }} trigger={['click']}><Button type="text" icon={<MoreOutlined />} aria-label={t('surveys.menu', { name: row.name })} /></Dropdown>
}
