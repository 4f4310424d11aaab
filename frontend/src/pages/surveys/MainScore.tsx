import { useQuery } from '@tanstack/react-query'
import { api, type ApiError } from '../../api/client.ts'
import type { Cell } from '../../components/cells.ts'
import { DASH } from '../../components/format.ts'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'

type Answered = { cells: Cell[] }

/** Scores of a dataset by the query, asked anew when more answers were counted. */
export function useScores(dataset: string | null, measures: readonly string[], since: string | null) {
  return useQuery<Answered, ApiError>({
    queryKey: [`/datasets/${dataset ?? ''}/query`, 'scores', measures, since],
    queryFn: ({ signal }) => api.post<Answered>(`/datasets/${dataset ?? ''}/query`, { metrics: measures }, signal),
    enabled: dataset !== null && since !== null && measures.length > 0,
    placeholderData: (before) => before,
    staleTime: Infinity,
    retry: false,
  })
}

export function MainScore({ dataset, measure, since }: { dataset: string; measure: string; since: string }) {
  const cell = useScores(dataset, [measure], since).data?.cells[0]
  return cell ? <NumberWithInterval cell={cell} /> : <>{DASH}</>
}
