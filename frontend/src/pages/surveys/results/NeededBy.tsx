import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { Needed } from '../../../api/sending.ts'
import { useSay } from '../../../app/language.ts'
import { count, DASH, number, plain, type Unit } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { StackedTable, type StackedColumn } from '../../../components/StackedTable.tsx'
import { useSegments } from './useSegments.ts'

/** How many more answers each segment needs for ±3 points, and where enough is enough. */
export function NeededBy({ surveyId, dataset, since }: { surveyId: string; dataset: string; since: string }) {
  const { t } = useTranslation()
  const [by, setBy] = useState<string>()
  const segments = useSegments(dataset, since)
  const read = useRead<Listed<Needed>>(`/surveys/${surveyId}/needed`, by ? { by } : undefined, { asOf: since })
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
  const say = useSay()
  const verdict = (one: Needed) => one.why ? <span className="absent">{DASH} {say(one.why)}</span> : one.n_more === 0 ? `✓ ${t('surveys.enough')}` : one.n_more === null ? DASH : t('surveys.moreNeeded', { n: count(one.n_more) })
  const columns: StackedColumn<Needed>[] = [
    { title: t('surveys.segment'), show: (one) => by ? one.by[by] ?? t('query.unknown') : t('surveys.everybody') },
    { title: t('surveys.score'), number: true, show: (one) => number(one.estimate, one.unit as Unit) },
    { title: t('surveys.answers'), number: true, show: (one) => count(one.n) },
    { title: t('surveys.halfWidth'), number: true, show: (one) => one.half_width === null ? DASH : `±${plain(one.half_width, 1)}` },
    { title: t('surveys.stillNeeded'), show: verdict },
  ]
  return <StackedTable columns={columns} rows={items} rowKey={(one) => by ? one.by[by] ?? '' : ''} />
}
