import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CustomerRow } from '../../../api/customers.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { Loaded } from '../../../components/Loaded.tsx'

const MOST = 10
type Props = { busy: boolean; onRing: (customer: string | null) => void }

/** Whom to ring: a customer found by number, telephone or mail address, or nobody of ours. */
export function Choose({ busy, onRing }: Props) {
  const { t } = useTranslation()
  const may = useMay()
  const [search, setSearch] = useState('')
  const read = useRead<Listed<CustomerRow>>('/customers', { search, limit: MOST }, { enabled: search !== '' && may('see_customers') })
  return (
    <section className="panel stack tight" aria-label={t('phone.choose')}>
      <h2>{t('phone.choose')}</h2>
      <Input.Search placeholder={t('phone.search')} aria-label={t('phone.search')} onSearch={(words) => setSearch(words.trim())} enterButton allowClear className="phone-search" />
      {search && (
        <Loaded read={read} rows={2}>
          {({ items }) => items.length === 0 ? <p className="soft">{t('phone.nobody')}</p> : (
            <ul className="phone-list">
              {items.map((one) => (
                <li key={one.id} className="row">
                  <span className="grow">{one.client?.name} {one.fields.map(({ masked }) => masked).join(' · ')}</span>
                  <Link to={`/customers/${one.id}`} target="_blank">{t('phone.about')}</Link>
                  <Button type="primary" size="small" loading={busy} onClick={() => onRing(one.id)}>{t('phone.ring')}</Button>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      )}
      <div><Button loading={busy} onClick={() => onRing(null)}>{t('phone.ringNobody')}</Button></div>
    </section>
  )
}
