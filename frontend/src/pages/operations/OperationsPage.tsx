import { Alert, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Codebook } from '../../api/data.ts'
import { useSay } from '../../app/language.ts'
import { DatasetPage, WithColumns } from '../../components/DatasetPage.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { Figures } from './Figures.tsx'
import { Outcomes } from './Outcomes.tsx'
import { ByStage, StageTimes } from './StageTimes.tsx'
import { ratingsOf, stageOf } from './columns.ts'
import './operations.css'

const CLEARED = ['rating', 'target'] as const
const TARGETS = ['4h', '8h', '24h', '48h', '3d', '7d'] as const

/** What the records say by themselves, what customers of each satisfaction band did, how satisfied they are at each stage, and where time goes. */
export function Page() {
  const { t } = useTranslation()
  return (
    <DatasetPage title={t('operations.title')} lead={t('operations.lead')} clears={CLEARED}>
      {(id) => <WithColumns key={id} id={id}>{(columns, operations) => <Asked id={id} columns={columns} operations={operations} />}</WithColumns>}
    </DatasetPage>
  )
}

function Asked({ id, columns, operations }: { id: string } & Pick<Codebook, 'columns' | 'operations'>) {
  const { t } = useTranslation()
  const say = useSay()
  const [chosen, choose] = useAddress()
  const ratings = ratingsOf(columns)
  const rating = ratings.find(({ name }) => name === chosen.get('rating')) ?? ratings[0]
  const target = chosen.get('target')
  const stage = stageOf(columns)
  return (
    <div className="stack">
      <section className="panel operations-form" aria-label={t('operations.form')}>
        <label>{t('operations.rating')}
          <Select showSearch={{ optionFilterProp: 'label' }} value={rating?.name} placeholder={t('operations.noRating')} disabled={ratings.length === 0} options={ratings.map(({ name, label }) => ({ value: name, label: say(label) || name }))} onChange={(name: string) => choose({ rating: name }, { replace: false })} />
        </label>
        <label>{t('operations.target')}
          <Select allowClear value={target ?? undefined} placeholder={t('operations.targetUsual')} options={TARGETS.map((value) => ({ value, label: t(`operations.targets.${value}`) }))} onChange={(value?: string) => choose({ target: value ?? null }, { replace: false })} />
        </label>
      </section>
      <Figures id={id} operations={operations} />
      <StageTimes id={id} target={target}>{(order) => (rating && stage ? <ByStage id={id} rating={rating} stage={stage} order={order} /> : <Alert type="info" showIcon title={t('operations.noFunnel')} />)}</StageTimes>
      <Outcomes id={id} rating={rating?.name ?? null} />
    </div>
  )
}
