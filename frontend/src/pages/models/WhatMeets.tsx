import { useTranslation } from 'react-i18next'
import type { Preview } from '../../api/models.ts'
import { Facts } from '../../components/Facts.tsx'
import { count, DASH } from '../../components/format.ts'

/** How the rows meet, and the first of them. */
export function WhatMeets({ found, names }: { found: Preview; names: Map<string, string> }) {
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
      <p className="soft small">{t('models.noFan')}</p>
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
