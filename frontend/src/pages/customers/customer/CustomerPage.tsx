import { DeleteOutlined, DownloadOutlined, EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { address } from '../../../api/client.ts'
import type { ClearField, CustomerDetail } from '../../../api/customers.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { Facts } from '../../../components/Facts.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { maskedName } from '../../../components/who.ts'
import { Contacts } from './Contacts.tsx'
import { Erase } from './Erase.tsx'
import { Story } from './Story.tsx'
import { Trends } from './Trends.tsx'
import { Unmask } from './Unmask.tsx'
import './customer.css'

/** Everything that is known of one customer, as far as the person may see it. */
export function Page() {
  const { id = '' } = useParams()
  const read = useRead<CustomerDetail>(`/customers/${id}`)
  return <Loaded read={read} rows={10}>{(customer) => <Customer key={customer.id} customer={customer} />}</Loaded>
}

function Customer({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation()
  const may = useMay()
  const [asking, ask] = useState<'unmask' | 'erase' | null>(null)
  const [clear, setClear] = useState<ClearField[]>([])
  return (
    <>
      <PageHead
        title={maskedName(customer)} above={<Link to="/customers">{t('areas.customers')}</Link>}
        actions={<>
          {may('unmask') && <Button icon={<EyeOutlined />} onClick={() => ask('unmask')}>{t('customer.unmask')}</Button>}
          {may('unmask') && <Button icon={<DownloadOutlined />} href={address(`/customers/${customer.id}/export`)} download>{t('customer.export')}</Button>}
          {may('delete_data') && <Button danger icon={<DeleteOutlined />} onClick={() => ask('erase')}>{t('customer.erase')}</Button>}
        </>}
      />
      <div className="stack">
        <Known customer={customer} />
        <Contacts customer={customer} clear={clear} onHide={() => setClear([])} />
        <Trends trends={customer.trends} />
        <Story datasets={customer.datasets} />
      </div>
      {asking === 'unmask' && <Unmask id={customer.id} onClose={() => ask(null)} onShown={setClear} />}
      {asking === 'erase' && <Erase id={customer.id} onClose={() => ask(null)} />}
    </>
  )
}

function Known({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation()
  const say = useSay()
  const { client, attributes } = customer
  if (!client && attributes.length === 0) return null
  return (
    <section className="panel stack">
      <h2>{t('customer.known')}</h2>
      <Facts
        facts={[
          client && [t('customers.client'), <Link key="client" to={`/clients/${client.id}`}>{client.name}</Link>],
          ...attributes.map((one) => [say(one.label) || one.column, one.value] as const),
        ]}
      />
      <p className="soft small">{t('customer.knownHow')}</p>
    </section>
  )
}
