import { useQuery } from '@tanstack/react-query'
import { Alert, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../api/client.ts'
import type { Codebook } from '../../api/data.ts'
import { useRead } from '../../api/hooks.tsx'
import { useLanguage, useSay } from '../../app/language.ts'
import { Loaded } from '../../components/Loaded.tsx'
import { DatasetPage } from '../../components/DatasetPage.tsx'
import { useAddress } from '../../components/useAddress.ts'
import type { DriverResult } from '../../api/drivers.ts'
import { Found } from './Found.tsx'
import './drivers.css'

const CLEARED = ['target', 'driver'] as const
const NUMERIC: ReadonlySet<string> = new Set(['nps', 'csat', 'ces', 'overall', 'intent', 'aspect', 'outcome', 'amount', 'duration'])

/** What goes with the target, and what is worth mending first. */
export function Page() {
  const { t } = useTranslation()
  return (
    <DatasetPage title={t('drivers.title')} lead={t('drivers.lead')} clears={CLEARED}>
      {(id) => <div className="stack" key={id}><Choice id={id} /><Answer id={id} /></div>}
    </DatasetPage>
  )
}

function Choice({ id }: { id: string }) {
  const { t } = useTranslation()
  const say = useSay()
  const [chosen, choose] = useAddress()
  const book = useRead<Codebook>(`/datasets/${id}/codebook`)
  const options = (book.data?.columns ?? []).filter(({ role }) => NUMERIC.has(role)).map(({ name, label }) => ({ value: name, label: say(label) || name }))
  return (
    <section className="panel driver-form" aria-label={t('drivers.form')}>
      <label>{t('drivers.target')}
        <Select allowClear showSearch={{ optionFilterProp: 'label' }} value={chosen.get('target') ?? undefined} placeholder={t('drivers.targetUsual')} options={options} onChange={(target?: string) => choose({ target: target ?? null }, { replace: false })} />
      </label>
      <label>{t('drivers.columns')}
        <Select mode="multiple" allowClear optionFilterProp="label" value={chosen.getAll('driver')} placeholder={t('drivers.columnsUsual')} options={options} onChange={(driver: string[]) => choose({ driver }, { replace: false })} maxTagCount="responsive" />
      </label>
    </section>
  )
}

function Answer({ id }: { id: string }) {
  const language = useLanguage()
  const [chosen] = useAddress()
  const asked = { target: chosen.get('target'), drivers: chosen.getAll('driver').length ? chosen.getAll('driver') : null }
  const of = [`/datasets/${id}/drivers`, asked]
  const read = useQuery<DriverResult, ApiError>({
    queryKey: of,
    queryFn: ({ signal }) => api.post<DriverResult>(`/datasets/${id}/drivers`, asked, signal),
    staleTime: 300_000,
  })
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  return <Loaded read={read} rows={12} asked={{ dataset: id, of }}>{(found) => <Found id={id} result={found} />}</Loaded>
}
