import { FileExcelOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ClientRow, Scored } from '../../../api/customers.ts'
import type { Page as Listed } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { CallChip } from '../../../components/CallChip.tsx'
import { DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { count, DASH } from '../../../components/format.ts'
import { Absent, NumberWithInterval } from '../../../components/NumberWithInterval.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { useServerSort } from '../../../components/useServerSort.ts'
import { ClientDialog } from '../ClientDialog.tsx'
import { DefinitionFacts } from '../DefinitionFacts.tsx'
import { ImportClients } from './ImportClients.tsx'

type ClientPage = Listed<ClientRow> & { scored: Scored | null }

/** The companies that customers work for, each with one score against the months before. */
export function Page() {
  const { t } = useTranslation()
  const may = useMay()
  const [chosen] = useAddress()
  const { sort } = useServerSort('name')
  const [scored, setScored] = useState<Scored | null>(null)
  const [open, setOpen] = useState<'add' | 'import' | null>(null)
  const params = { dataset_id: chosen.get('dataset'), metric: chosen.get('metric'), months: chosen.get('months'), sort: sort === 'name' ? null : sort }
  return (
    <>
      <PageHead
        title={t('clients.title')} lead={t('clients.lead')}
        actions={may('edit_codebook') && <>
          <Button icon={<FileExcelOutlined />} onClick={() => setOpen('import')}>{t('clients.import')}</Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('add')}>{t('clients.add')}</Button>
        </>}
      />
      <DataTable<ClientRow>
        path="/clients" rowKey="id" label={t('clients.title')} columns={useColumns(scored)} params={params} filters={scored && <Filters scored={scored} />}
        onRead={(page) => page && setScored((page as ClientPage).scored)} to={({ id }) => `/clients/${id}`}
        empty={<EmptyState title={t('clients.none')} how={t('clients.noneHow')} />}
      />
      {open === 'add' && <ClientDialog client={null} onClose={() => setOpen(null)} />}
      {open === 'import' && <ImportClients onClose={() => setOpen(null)} />}
    </>
  )
}

const MONTHS = ['3', '6', '12'] as const

/** Which dataset, metric and window the one score is of. */
function Filters({ scored }: { scored: Scored }) {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const mine = scored.choices.find(({ dataset_id }) => dataset_id === scored.dataset_id)
  return (
    <>
      <Select
        value={scored.dataset_id} aria-label={t('clients.dataset')} popupMatchSelectWidth={false} onChange={(dataset) => choose({ dataset, metric: null })}
        options={scored.choices.map(({ dataset_id, dataset }) => ({ value: dataset_id, label: dataset }))}
      />
      {mine && mine.metrics.length > 1 && <Select value={scored.metric} aria-label={t('clients.metric')} popupMatchSelectWidth={false} onChange={(metric) => choose({ metric })} options={mine.metrics.map((metric) => ({ value: metric, label: t(`metric.${metric}`) }))} />}
      {scored.since && <Select value={chosen.get('months') ?? '12'} aria-label={t('clients.window')} popupMatchSelectWidth={false} onChange={(months) => choose({ months: months === '12' ? null : months })} options={MONTHS.map((value) => ({ value, label: t('clients.months', { n: value }) }))} />}
    </>
  )
}

function useColumns(scored: Scored | null): TableColumnsType<ClientRow> {
  const { t } = useTranslation()
  const { by } = useServerSort('name')
  const columns: TableColumnsType<ClientRow> = [
    { title: t('clients.name'), ...by('name'), render: (_, row) => <Link to={`/clients/${row.id}`}>{row.name}</Link> },
    { title: t('clients.tier'), ...by('tier'), render: (_, row) => (row.tier ? <span className="tag">{row.tier}</span> : DASH) },
  ]
  if (scored) {
    const window = scored.since && scored.until ? t('clients.windowOf', { since: scored.since.slice(0, 7), until: scored.until.slice(0, 7) }) : ''
    columns.push(
      {
        title: <>{t(`metric.${scored.metric}`)} {window && <span className="soft">{window}</span>}</>, className: 'number', ...by('score'), onCell: () => ({ className: 'number', 'data-label': t(`metric.${scored.metric}`) }),
        render: (_, row) => (row.score ? <NumberWithInterval cell={row.score} facts={<DefinitionFacts cell={row.score} definition={scored.definition} />} /> : <Absent reason="no_answers" />),
      },
      { title: t('clients.change'), key: 'change', render: (_, row) => (row.score?.comparison ? <CallChip comparison={row.score.comparison} unit={row.score.unit} counted={row.score.counted} higherIsBetter={scored.definition?.higher_is_better ?? true} /> : DASH) },
    )
  }
  return [
    ...columns,
    { title: t('clients.contacts'), className: 'number', ...by('customers'), render: (_, row) => count(row.customers) },
    { title: t('clients.contractFrom'), ...by('contract_from'), render: (_, row) => row.contract_from ?? DASH },
    { title: t('clients.renewal'), ...by('renewal_on'), render: (_, row) => row.renewal_on ?? DASH },
    { title: t('clients.owner'), key: 'owner', render: (_, row) => row.owner?.name ?? DASH },
  ]
}
