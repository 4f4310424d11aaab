import { useInfiniteQuery } from '@tanstack/react-query'
import { Alert, Button, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../api/client.ts'
import type { StoryRow } from '../../api/customers.ts'
import type { Page } from '../../api/hooks.tsx'
import { useLanguage, useSay } from '../../app/language.ts'
import type { Cell } from '../../components/cells.ts'
import { count, DASH } from '../../components/format.ts'
import type { ViewAnswer } from '../../components/view/answer.ts'

/** The answers behind a mark, newest first: scores, what was said, the rest in small. */
export function Behind({ answer, cell, word }: { answer: ViewAnswer; cell: Cell; word?: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [said, only] = useState(false)
  const body = { view: answer.view, metric: cell.metric, by: cell.by, ...(word ? { word } : {}), ...(said ? { said } : {}) }
  const read = useInfiniteQuery<Page<StoryRow>, ApiError>({
    queryKey: ['/views/rows', body],
    queryFn: ({ signal, pageParam }) => api.post<Page<StoryRow>>(`/views/rows?cursor=${Number(pageParam ?? 0)}`, body, signal),
    initialPageParam: null, getNextPageParam: (last) => last.next,
  })
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  const choice = !word && (
    <Segmented size="small" value={said ? 'said' : 'all'} options={['all', 'said'].map((value) => ({ value, label: t(`explore.answers.${value}`) }))} onChange={(value) => only(value === 'said')} />
  )
  if (!read.data) return <div className="behind">{choice}<Skeleton active paragraph={{ rows: 4 }} title={false} /></div>
  const rows = read.data.pages.flatMap(({ items }) => items)
  return (
    <div className="behind">
      <div className="row far"><p className="soft small">{t('explore.behind', { n: count(read.data.pages[0]?.total) })}</p>{choice}</div>
      <ol>{rows.map((row) => <li key={row.id}><One row={row} /></li>)}</ol>
      {read.hasNextPage && <Button size="small" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('common.more')}</Button>}
    </div>
  )
}

function One({ row }: { row: StoryRow }) {
  const { t } = useTranslation()
  const say = useSay()
  const words = (value: unknown) => (Array.isArray(value) ? value.join(t('common.list')) : String(value))
  return (
    <>
      <span className="small">{row.answered_on ?? DASH} · {row.scores.map((one) => `${say(one.label) || one.column} ${words(one.value)}`).join(' · ')}</span>
      {row.texts.map((one) => <q key={one.column}>{words(one.value)}</q>)}
      <span className="tiny soft">{row.facts.map((one) => words(one.value)).join(' · ')}</span>
    </>
  )
}
