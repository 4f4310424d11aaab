import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Apart, Preview } from '../../api/models.ts'
import { useSay } from '../../app/language.ts'
import { Facts } from '../../components/Facts.tsx'
import { count, DASH, share } from '../../components/format.ts'

type Props = { found: Preview; names: Map<string, string>; onScore: (apart: Apart) => void }

/** How the rows meet, and the first of them. */
export function WhatMeets({ found, names, onScore }: Props) {
  const { t } = useTranslation()
  return (
    <section className="panel stack meets" role="status">
      {found.facts.map((fact) => fact.cardinality && (
        <div key={fact.dataset_id} className="stack">
          <h2>{names.get(fact.dataset_id)} · {fact.cardinality}</h2>
          <Facts
            facts={[
              [t('models.matched'), `${count(fact.base_matched)} / ${count(fact.base_rows)}`],
              [t('models.unmatched'), count(fact.base_unmatched)],
              [t('models.otherUnmatched'), `${count(fact.other_unmatched)} / ${count(fact.other_rows)}`],
              (fact.base_incomplete ?? 0) > 0 && [t('models.incomplete'), count(fact.base_incomplete)],
            ]}
          />
        </div>
      ))}
      {found.common.length + found.apart.length > 0 ? <Together found={found} onScore={onScore} /> : <p className="soft small">{t('models.noFan')}</p>}
      {found.preview.rows.length > 0 && (
        <div className="values" tabIndex={0} role="region" aria-label={t('models.rows')}>
          <table>
            <thead><tr>{found.preview.columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
            <tbody>{found.preview.rows.map((row, at) => <tr key={at}>{row.map((value, place) => <td key={place}>{value === null ? DASH : String(value)}</td>)}</tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** How much each survey brings, what goes together, and which ratings do not and why. */
function Together({ found, onScore }: { found: Preview; onScore: (apart: Apart) => void }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <>
      <Facts facts={found.facts.map(({ name, n_rows, share: part }) => [name ?? DASH, `${count(n_rows)} (${share(part)})`])} />
      {found.common.length > 0 && <p className="soft small">{t('models.together', { names: found.common.map(({ name, as_score }) => (as_score ? t('models.asScore', { name }) : name)).join(t('common.list')) })}</p>}
      {found.apart.map((apart) => (
        <Alert key={apart.name} type="warning" showIcon title={say(apart.why)} action={apart.scorable && <Button size="small" onClick={() => onScore(apart)}>{t('models.score')}</Button>} />
      ))}
    </>
  )
}
