import { Alert, Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetDetail } from '../../../api/data.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { count } from '../../../components/format.ts'

type Shown = { days: number; next_on: string | null; cutoff: string; rows: number; total: number; customers: number; oldest_on: string | null }
type Kept = { set: number | null; preview: Shown | null; derived: string[]; revision: number }

/** How long rows are kept: what a period takes is shown before it is set. */
export function Retention({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const may = useMay()
  const path = `/datasets/${dataset.id}/retention`
  const [days, setDays] = useState<number | null>(dataset.retention_days)
  const [asked, setAsked] = useState<number | null>(null)
  const read = useRead<Kept>(path, { days: asked }, { keep: true, fresh: 0 })
  const save = useWrite((given: { days: number | null; rows: number }) => api.put(path, { ...given, revision: read.data?.revision ?? 0 }), {
    refresh: [`/datasets/${dataset.id}`, '/datasets'], done: t('common.saved'), after: () => setAsked(null), quiet: true,
  })
  const shown = read.data?.preview
  const trying = asked !== null && asked !== read.data?.set
  const error = save.error ?? read.error
  return (
    <section className="panel narrow stack">
      <h2>{t('retention.title')}</h2>
      <p className="soft">{t('retention.lead')}</p>
      {may('delete_data') && (
        <div className="row">
          <InputNumber min={1} max={36500} value={days} suffix={t('dataset.days')} aria-label={t('retention.days')} style={{ width: 180 }} onChange={(value) => setDays(value)} />
          <Button disabled={days === null} loading={read.isFetching && asked === days} onClick={() => setAsked(days)}>{t('retention.preview')}</Button>
          {read.data?.set != null && <Button loading={save.isPending} onClick={() => { setDays(null); save.mutate({ days: null, rows: 0 }) }}>{t('retention.forGood')}</Button>}
        </div>
      )}
      {error && <Alert type="error" showIcon title={error.say(language)} />}
      {shown ? <What shown={shown} derived={read.data?.derived ?? []} trying={trying} /> : read.data?.set == null && !error && <p>{t('retention.none')}</p>}
      {trying && shown && <div><Button type="primary" danger={shown.rows > 0} loading={save.isPending} onClick={() => save.mutate({ days: shown.days, rows: shown.rows })}>{t('retention.set', { days: shown.days })}</Button></div>}
    </section>
  )
}

function What({ shown, derived, trying }: { shown: Shown; derived: string[]; trying: boolean }) {
  const { t } = useTranslation()
  const facts = { days: shown.days, rows: count(shown.rows), total: count(shown.total), cutoff: shown.cutoff, customers: count(shown.customers) }
  const on = shown.next_on ? new Date(shown.next_on).toLocaleString() : t('retention.tonight')
  const title = shown.rows > 0 ? t('retention.takes', { ...facts, on }) : t('retention.takesNothing', { ...facts, on })
  const parts = [
    shown.rows > 0 && shown.customers > 0 && t('retention.people', facts),
    derived.length > 0 && t('retention.derived', { names: derived.join(t('common.list')) }),
    trying && shown.rows > 0 && t('retention.noUndo'),
  ].filter(Boolean)
  return <Alert type={shown.rows > 0 ? 'warning' : 'info'} showIcon title={title} description={parts.length > 0 ? parts.join(' ') : undefined} />
}
