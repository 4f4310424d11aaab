import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DatasetRow } from '../../../api/data.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import { CustomerTable } from '../../../components/CustomerTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'

/** One list of customers across all datasets. */
export function Page() {
  const { t } = useTranslation()
  const [chosen] = useAddress()
  return (
    <>
      <PageHead title={t('customers.title')} lead={t('customers.lead')} />
      <CustomerTable
        params={{ dataset_id: chosen.get('dataset'), client_id: chosen.get('client') }} filters={<Filters />}
        empty={<EmptyState title={t('customers.none')} how={t('customers.noneHow')} />}
      />
    </>
  )
}

function Filters() {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const read = useRead<Listed<DatasetRow>>('/datasets')
  return (
    <Select
      allowClear value={chosen.get('dataset') ?? undefined} placeholder={t('customers.allDatasets')} aria-label={t('customers.dataset')} popupMatchSelectWidth={false} showSearch={{ optionFilterProp: 'label' }}
      options={(read.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} onChange={(dataset?: string) => choose({ dataset: dataset ?? null })}
    />
  )
}
