import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { Needed } from '../../../api/sending.ts'
import { count, number, plain, type Unit } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { useSegments } from './useSegments.ts'

/** How many more answers each segment needs for ±3 points, and where enough is enough. */
export function NeededBy({ surveyId, dataset }: { surveyId: string; dataset: string }) {
  const { t } = useTranslation()
  const [by, setBy] = useState<string>()
  const segments = useSegments(dataset)
  const read = useRead<Listed<Needed>>(`/surveys/${surveyId}/needed`, by ? { by } : undefined)
  return (
    <section className="panel stack tight whole" aria-label={t('surveys.needed')}>
      <h2>{t('surveys.needed')}</h2>
      <p className="small soft">{t('surveys.neededHow')}</p>
      <div><Select allowClear style={{ width: 232 }} aria-label={t('surveys.segments')} placeholder={t('surveys.segments')} value={by} onChange={setBy} options={segments} /></div>
      <Loaded read={read} rows={2}>{({ items }) => items.length === 0 ? <p className="soft">{t('surveys.noScore')}</p> : <Segments items={items} by={by} />}</Loaded>
    </section>
  )
}

function Segments({ items, by }: { items: Needed[]; by: string | undefined }) {
  const { t } = useTranslation()
  const heads = ['segment', 'score', 'answers', 'halfWidth', 'stillNeeded']
  const verdict = (one: Needed) => one.n === null ? t('absence.few') : one.n_more === 0 ? `✓ ${t('surveys.enough')}` : one.n_more === null ? '—' : t('surveys.moreNeeded', { n: count(one.n_more) })
  return (
    <div className="scrolled"><table className="channels">
      <thead><tr>{heads.map((key) => <th key={key} scope="col">{t(`surveys.${key}`)}</th>)}</tr></thead>
      <tbody>
        {items.map((one) => (
          <tr key={by ? one.by[by] ?? '' : ''}>
            <th scope="row">{by ? one.by[by] ?? t('query.unknown') : t('surveys.everybody')}</th>
            <td className="number">{number(one.estimate, one.unit as Unit)}</td>
            <td className="number">{count(one.n)}</td>
            <td className="number">{one.half_width === null ? '—' : `±${plain(one.half_width, 1)}`}</td>
            <td>{verdict(one)}</td>
          </tr>
        ))}
      </tbody>
    </table></div>
  )
}
