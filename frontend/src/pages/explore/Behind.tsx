import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Alert, Button, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../api/client.ts'
import type { StoryRow } from '../../api/customers.ts'
import type { Page } from '../../api/hooks.tsx'
import { useLanguage, useSay } from '../../app/language.ts'
import type { Cell } from '../../components/cells.ts'
import { partWords, type Condition } from '../../components/question/asked.ts'
import { WAYS, type Concerned } from '../../components/concerns.ts'
import { count, DASH } from '../../components/format.ts'
import type { ViewAnswer } from '../../components/view/answer.ts'

type Rows = Page<StoryRow> & { rows_of: Condition[] | null }

/** The answers behind a mark, newest first: scores, what was said, the rest in small. */
export function Behind({ answer, cell, word, counted = false }: { answer: ViewAnswer; cell: Cell; word?: string; counted?: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [said, only] = useState(false)
  const [about, concern] = useState<string | null>(null)
  const mark = { view: answer.view, metric: cell.metric, by: cell.by, ...(word ? { word } : {}), ...(counted ? { counted } : {}) }
  const body = { ...mark, ...(said ? { said } : {}), ...(about ? { about } : {}) }
  const read = useInfiniteQuery<Rows, ApiError>({
    queryKey: ['/views/rows', body],
    queryFn: ({ signal, pageParam }) => api.post<Rows>(`/views/rows?cursor=${Number(pageParam ?? 0)}`, body, signal),
    initialPageParam: null, getNextPageParam: (last) => last.next,
  })
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  const choice = !word && (
    <Segmented size="small" value={said ? 'said' : 'all'} options={['all', 'said'].map((value) => ({ value, label: t(`explore.answers.${value}`) }))} onChange={(value) => { only(value === 'said'); concern(null) }} />
  )
  if (!read.data) return <div className="behind">{choice}<Skeleton active paragraph={{ rows: 4 }} title={false} /></div>
  const part = read.data.pages[0]?.rows_of
  const rows = read.data.pages.flatMap(({ items }) => items)
  return (
    <div className="behind">
      <div className="row far"><p className="soft small">{t('explore.behind', { n: count(read.data.pages[0]?.total) })}</p>{choice}</div>
      {part && <p className="soft small">{t('explore.behindPart', { part: partWords(part, t) })}</p>}
      <Concerns mark={mark} chosen={about} onChoose={(column) => { concern(column); only(column !== null || said) }} />
      <ol>{rows.map((row) => <li key={row.id}><One row={row} /></li>)}</ol>
      {read.hasNextPage && <Button size="small" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('common.more')}</Button>}
    </div>
  )
}

type ConcernsProps = { mark: object; chosen: string | null; onChoose: (column: string | null) => void }

/** What those who wrote something write about, counted; one is chosen to read it alone. */
function Concerns({ mark, chosen, onChoose }: ConcernsProps) {
  const { t } = useTranslation()
  const say = useSay()
  const read = useQuery<Concerned, ApiError>({ queryKey: ['/views/concerns', mark], queryFn: ({ signal }) => api.post<Concerned>('/views/concerns', mark, signal) })
  if (!read.data || read.data.items.length === 0) return null
  const { written, items } = read.data
  return WAYS.map((way) => {
    const own = items.filter(({ about }) => about === way)
    const said = t(`voices.${way}`, { n: count(written) })
    return own.length > 0 && (
      <div key={way} className="row" role="group" aria-label={said}>
        <span className="small soft">{said}</span>
        {own.map(({ column, label, n }) => (
          <Button key={column} size="small" type={chosen === column ? 'primary' : 'default'} aria-pressed={chosen === column} onClick={() => onChoose(chosen === column ? null : column)}>
            {say(label) || column} {count(n)}
          </Button>
        ))}
      </div>
    )
  })
}

function One({ row }: { row: StoryRow }) {
  const { t } = useTranslation()
  const say = useSay()
  const words = (value: unknown) => (Array.isArray(value) ? value.join(t('common.list')) : String(value))
  /** A number alone says nothing: its column is named. */
  const fact = (one: StoryRow['facts'][number]) => (typeof one.value === 'number' ? `${say(one.label) || one.column} ${words(one.value)}` : words(one.value))
  return (
    <>
      <span className="small">{row.answered_on ?? DASH} · {row.scores.map((one) => `${say(one.label) || one.column} ${words(one.value)}`).join(' · ')}</span>
      {row.texts.map((one) => <q key={one.column}>{words(one.value)}</q>)}
      <span className="tiny soft">{row.facts.map(fact).join(' · ')}</span>
    </>
  )
}
