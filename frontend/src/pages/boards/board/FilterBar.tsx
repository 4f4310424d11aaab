import { CloseOutlined, FilterOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { PERIODS, type Tile } from '../../../api/boards.ts'
import type { Page as Listed } from '../../../api/hooks.tsx'
import type { Codebook } from '../../../api/data.ts'
import { useSay } from '../../../app/language.ts'
import { dayWords } from '../../../components/events/EventList.tsx'
import { groupWords } from '../../../components/bands.ts'
import { conditionSaid } from '../../../components/question/asked.ts'
import { madePath, withGroups, type Made } from '../../../components/made.ts'
import { dimensionChoices } from '../../../components/measures.ts'
import { useValues } from '../../../components/question/useValues.ts'
import { withoutPick, type Pick } from './picks.ts'
import type { Filters } from './useTiles.ts'

type Props = { tiles: Tile[]; filters: Filters; still: boolean; onChange: (filters: Filters) => void }

/** Filters that act on every tile: a period, and groups of any of the board's datasets. */
export function FilterBar({ tiles, filters, still, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const periods = [{ value: '', label: t('boards.ownPeriods') }, ...PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))]
  const without = (words: string) => onChange({ ...filters, where: filters.where.filter((one) => one !== words) })
  return (
    <div className="row board-filters">
      {still
        ? <span className="soft">{periods.find(({ value }) => value === (filters.period ?? ''))?.label}</span>
        : <Select value={filters.period ?? ''} aria-label={t('boards.period')} options={periods} popupMatchSelectWidth={false} onChange={(period) => onChange({ ...filters, period: period || null })} />}
      {filters.where.map((words) => (
        <span key={words} className="tag accent">{conditionSaid(words, t)}{!still && <button type="button" className="tag-close" aria-label={t('boards.removeFilter', { words: conditionSaid(words, t) })} onClick={() => without(words)}><CloseOutlined /></button>}</span>
      ))}
      {filters.picks.map((pick) => {
        const words = pickWords(pick, t)
        const from = say(tiles.find(({ id }) => id === pick.tile)?.title)
        return (
          <span key={pick.tile} className="tag accent picked"><FilterOutlined aria-hidden="true" /> {words}{from && <span className="from">{t('boards.pickedOn', { title: from })}</span>}{!still && <button type="button" className="tag-close" aria-label={t('boards.removeFilter', { words })} onClick={() => onChange({ ...filters, picks: withoutPick(filters.picks, pick.tile) })}><CloseOutlined /></button>}</span>
        )
      })}
      {!still && <AddFilter tiles={tiles} onAdd={(words) => onChange({ ...filters, where: [...filters.where, words] })} />}
    </div>
  )
}

/** What a mark keeps the other tiles to. */
export function pickWords({ where, since, until }: Pick, t: TFunction): string {
  const days = since && until ? [dayWords({ since, until })] : []
  return [...where.map((words) => conditionSaid(words, t)), ...days].join(' · ')
}

function AddFilter({ tiles, onAdd }: { tiles: Tile[]; onAdd: (words: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button type="text" icon={<FilterOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>{t('boards.addFilter')}</Button>
      {open && <FilterForm tiles={tiles} onAdd={(words) => { setOpen(false); onAdd(words) }} />}
    </>
  )
}

function FilterForm({ tiles, onAdd }: { tiles: Tile[]; onAdd: (words: string) => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const ids = [...new Set(tiles.flatMap(({ view }) => (view ? [view.dataset] : [])))]
  const books = useQueries({ queries: ids.map((id) => ({ queryKey: [`/datasets/${id}/codebook`, {}], queryFn: () => api.get<Codebook>(`/datasets/${id}/codebook`) })) })
  const made = useQueries({ queries: ids.map((id) => ({ queryKey: [madePath(id), {}], queryFn: () => api.get<Listed<Made>>(madePath(id)) })) })
  const columns = books.map(({ data }, at) => withGroups(data?.columns ?? [], made[at]?.data?.items ?? []))
  const choices = new Map(columns.flatMap((own, at) => dimensionChoices(own, t, say).map(({ value, label }) => [value, { label, id: ids[at] ?? '' }] as const)).reverse())
  const [column, setColumn] = useState<string | null>(null)
  const [values, setValues] = useState<string[]>([])
  const from = column === null ? null : choices.get(column)
  const metric = tiles.find(({ view }) => view?.dataset === from?.id)?.view?.query.metrics as string[] | undefined
  const known = useValues(from?.id ?? '', column === null || !from ? [] : [column], metric?.[0])[column ?? ''] ?? []
  return (
    <div className="row filter-form">
      <Select value={column} aria-label={t('query.column')} placeholder={t('query.column')} showSearch={{ optionFilterProp: 'label' }} options={[...choices].map(([value, { label }]) => ({ value, label })).reverse()} onChange={(next) => { setColumn(next); setValues([]) }} />
      <Select mode="multiple" value={values} disabled={column === null} aria-label={t('query.values')} placeholder={t('query.values')} options={known.map((value) => ({ value, label: groupWords(column ?? '', value, t) }))} onChange={setValues} />
      <Button type="primary" disabled={values.length === 0} onClick={() => onAdd(`${column ?? ''}=${values.join('|')}`)}>{t('boards.applyFilter')}</Button>
    </div>
  )
}
