import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OpenCall } from '../../../api/calls.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { When } from '../../../components/When.tsx'

type Props = { surveyId: string; busy: boolean; onRing: (customer: string) => void }

/** Calls without an answer yet: who asked for another time comes first. */
export function OpenCalls({ surveyId, busy, onRing }: Props) {
  const { t } = useTranslation()
  const read = useRead<Listed<OpenCall>>(`/surveys/${surveyId}/calls`)
  return (
    <section className="panel stack tight" aria-label={t('phone.open')}>
      <h2>{t('phone.open')}</h2>
      <Loaded read={read} rows={2}>
        {({ items }) => items.length === 0 ? <p className="soft">{t('phone.noneOpen')}</p> : (
          <ul className="phone-list">
            {items.map((one) => (
              <li key={one.id} className="row">
                <span className="grow">
                  <Link to={`/customers/${one.customer_id}`} target="_blank">{one.customer_id.slice(-8)}</Link>{' '}
                  <span className="tag">{t(`phone.outcomes.${one.outcome ?? 'begun'}`)}</span> {one.call_at && <When at={one.call_at} />} <span className="soft small">{t('phone.attempts', { n: one.attempts })}</span>
                </span>
                <Button size="small" loading={busy} onClick={() => onRing(one.customer_id)}>{t('phone.again')}</Button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  )
}
