import { EditOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { ClientDetail, ClientScores } from '../../../api/customers.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { CallChip } from '../../../components/CallChip.tsx'
import { CustomerTable } from '../../../components/CustomerTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Facts } from '../../../components/Facts.tsx'
import { count, DASH } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { NumberWithInterval } from '../../../components/NumberWithInterval.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { ClientDialog } from '../ClientDialog.tsx'
import { DefinitionFacts } from '../DefinitionFacts.tsx'
import './client.css'

const MONTHS = ['3', '6', '12'] as const

/** One client: its scores, contract and contacts. */
export function Page() {
  const { id = '' } = useParams()
  const [chosen] = useAddress()
  const read = useRead<ClientDetail>(`/clients/${id}`, { months: chosen.get('months') }, { keep: true })
  return <Loaded read={read} rows={10}>{(client) => <ClientView client={client} />}</Loaded>
}

function ClientView({ client }: { client: ClientDetail }) {
  const { t } = useTranslation()
  const may = useMay()
  const [editing, setEditing] = useState(false)
  return (
    <>
      <PageHead
        title={client.name} above={<Link to="/clients">{t('areas.clients')}</Link>}
        actions={may('edit_codebook') && <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>{t('common.edit')}</Button>}
      />
      <div className="stack">
        <div className="panel">
          <Facts
            facts={[
              [t('clients.tier'), client.tier ?? DASH], [t('clients.contract'), client.contract ?? DASH], [t('clients.contractFrom'), client.contract_from ?? DASH],
              [t('clients.renewal'), client.renewal_on ?? DASH], [t('clients.owner'), client.owner?.name ?? DASH], [t('clients.contacts'), count(client.customers)],
              client.key !== client.name && [t('clients.key'), client.key],
            ]}
          />
        </div>
        <Scores scores={client.scores} />
        <h2>{t('clients.contacts')}</h2>
        <CustomerTable params={{ client_id: client.id }} withClient={false} empty={<EmptyState title={t('clients.noContacts')} how={t('clients.noContactsHow')} />} />
      </div>
      {editing && <ClientDialog client={client} onClose={() => setEditing(false)} />}
    </>
  )
}

function Scores({ scores }: { scores: ClientScores[] }) {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  if (scores.length === 0) return <div className="panel"><EmptyState title={t('clients.noScores')} how={t('clients.noScoresHow')} /></div>
  return (
    <section className="panel stack">
      <div className="row far">
        <h2>{t('clients.scores')}</h2>
        <Select value={chosen.get('months') ?? '12'} aria-label={t('clients.window')} popupMatchSelectWidth={false} onChange={(months) => choose({ months: months === '12' ? null : months })} options={MONTHS.map((value) => ({ value, label: t('clients.months', { n: value }) }))} />
      </div>
      {scores.map((one) => <OfDataset key={one.dataset_id} scores={one} />)}
      <p className="soft small">{t('clients.scoresHow')}</p>
    </section>
  )
}

function OfDataset({ scores }: { scores: ClientScores }) {
  const { t } = useTranslation()
  const say = useSay()
  const definitions = new Map(scores.definition.map((one) => [one.metric, one]))
  return (
    <div className="stack tight">
      <h3><Link to={`/datasets/${scores.dataset_id}`}>{scores.dataset}</Link></h3>
      {scores.since && scores.until && <p className="soft small">{t('clients.windowOf', { since: scores.since.slice(0, 7), until: scores.until.slice(0, 7) })}</p>}
      <div className="client-scores">
        {scores.cells.map((cell) => (
          <div key={cell.metric} className="stack tight">
            <span className="soft small">{say(cell.label)}</span>
            <NumberWithInterval cell={cell} size="big" facts={<DefinitionFacts cell={cell} definition={definitions.get(cell.metric)} />} />
            <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} higherIsBetter={definitions.get(cell.metric)?.higher_is_better ?? true} />
          </div>
        ))}
      </div>
    </div>
  )
}
