import { useRead } from '../../api/hooks.tsx'
import type { ApiError } from '../../api/client.ts'
import type { Job } from '../../api/types.ts'
import { useLanguage } from '../../app/language.ts'
import { jobEnded } from '../JobProgress.tsx'
import type { ReportPage } from './page.ts'

type Order = { ready: string[]; job: Job | null; version: number }
type Found = { page: ReportPage | undefined; job: Job | null; error: ApiError | null; retry: () => void }

/** An earlier state of the data, earlier metric rules; without them those of today. */
export type State = { version?: string | null; rules_version?: string | null }

const EVERY_MS = 700
const isReady = (order: Order | undefined): boolean => order?.ready.includes('json') ?? false
const failed = (job: Job | null | undefined): boolean => jobEnded(job) && job?.status !== 'done'

/** A report is made once for each version and kept; until it is there, its job is told. */
export function useReport(id: string, purpose: string, state: State = {}): Found {
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const order = useRead<Order>(`/datasets/${id}/report`, { purpose, lang, ...state }, { every: (now) => (isReady(now) || failed(now?.job) ? false : EVERY_MS) })
  const read = useRead<ReportPage>(`/datasets/${id}/report/json`, { purpose, lang, version: order.data?.version, rules_version: state.rules_version }, { enabled: isReady(order.data), fresh: Infinity })
  return { page: read.data, job: order.data?.job ?? null, error: order.error ?? read.error, retry: () => void (order.isError ? order : read).refetch() }
}
