import { useQueries } from '@tanstack/react-query'
import dayjs from 'dayjs'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import type { Codebook } from '../../api/data.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import type { Result } from '../question/result.ts'
import { candidates, examplesOf, toldApart } from './examples.ts'

const KEPT_MS = 300_000

/** Questions to begin with, of which the data are asked first: none that would be answered by “no answers”. */
export function useExamples(id: string, columns: Codebook['columns']): string[] {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const could = useMemo(() => candidates(columns, t, say), [columns, t, language])
  const dated = columns.some(({ role }) => role === 'time')
  const asked = could === null ? [] : [
    {}, ...(dated ? [lastMonth()] : []),
    ...could.groups.map(({ column }) => ({ by: [column] })),
  ]
  const reads = useQueries({
    queries: asked.map((part) => ({
      queryKey: [`/datasets/${id}/query`, 'examples', could?.metric, part],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.post<Result>(`/datasets/${id}/query`, { metrics: [could?.metric], ...part }, signal),
      staleTime: KEPT_MS,
    })),
  })
  const [whole, ...parts] = reads.map(({ data }) => data)
  const lately = dated ? parts.shift() : undefined
  if (could === null || !known(whole) || reads.some(({ isPending }) => isPending)) return []
  const group = could.groups.find((_, at) => toldApart(parts[at]?.cells ?? []))
  return examplesOf(columns, could, group?.said, known(lately), t)
}

const known = (result: Result | undefined): boolean => result?.cells[0]?.estimate != null

/** The days that examples ask about. */
function lastMonth() {
  const month = dayjs().subtract(1, 'month')
  return { since: month.startOf('month').format('YYYY-MM-DD'), until: month.endOf('month').format('YYYY-MM-DD') }
}
