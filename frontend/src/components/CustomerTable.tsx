import type { TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Params } from '../api/client.ts'
import type { CustomerRow } from '../api/customers.ts'
import { useSay } from '../app/language.ts'
import { DataTable } from './DataTable.tsx'
import { DASH, count } from './format.ts'
import { useServerSort } from './useServerSort.ts'
import { maskedName } from './who.ts'

type Props = { params: Params; filters?: ReactNode; empty?: ReactNode; withClient?: boolean }

/** A list of customers; who they are stays masked. */
export function CustomerTable({ params, filters, empty, withClient = true }: Props) {
  const { t } = useTranslation()
  const { sort } = useServerSort('-last_on')
  return (
    <DataTable<CustomerRow>
      path="/customers" rowKey="id" label={t('customers.title')} columns={useColumns(withClient)} params={{ ...params, sort: sort === '-last_on' ? null : sort }}
      filters={filters} empty={empty} to={({ id }) => `/customers/${id}`}
    />
  )
}

function useColumns(withClient: boolean): TableColumnsType<CustomerRow> {
  const { t } = useTranslation()
  const say = useSay()
  const { by } = useServerSort('-last_on')
  const columns: TableColumnsType<CustomerRow> = [
    { title: t('customers.who'), key: 'who', render: (_, row) => <Link to={`/customers/${row.id}`}>{maskedName(row)}</Link> },
    {
      title: t('customers.attributes'), key: 'attributes',
      render: (_, row) => <div className="wrap facts small soft">{row.attributes.map((one) => `${say(one.label) || one.column} ${one.value}`).join(' · ') || DASH}</div>,
    },
    { title: t('customers.rows'), className: 'number', ...by('n_rows'), render: (_, row) => count(row.rows) },
    { title: t('customers.datasets'), className: 'number', ...by('n_datasets'), render: (_, row) => count(row.datasets) },
    { title: t('customers.first'), ...by('first_on'), render: (_, row) => row.first_on ?? DASH },
    { title: t('customers.last'), ...by('last_on'), render: (_, row) => row.last_on ?? DASH },
  ]
  if (withClient) columns.splice(2, 0, { title: t('customers.client'), key: 'client', render: (_, row) => (row.client ? <Link to={`/clients/${row.client.id}`}>{row.client.name}</Link> : DASH) })
  return columns
}
