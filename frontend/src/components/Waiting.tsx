import { useQueryClient, type QueryKey, type UseQueryResult } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRow } from '../api/data.ts'
import { useRead, type Page } from '../api/hooks.tsx'
import { MOST_DATASETS } from './datasets.ts'
import { count } from './format.ts'

const SAID_AFTER = 2
const LONG = 30

/** How far a question is: what is asked of the server, and how to ask anew. */
export type Asking = Pick<UseQueryResult, 'isEnabled' | 'fetchStatus' | 'isPending' | 'isPlaceholderData' | 'refetch'>

/** Whether somebody stopped a question: no answer is there, and none is on its way. */
export const isStopped = ({ isEnabled, fetchStatus, isPending, isPlaceholderData }: Asking): boolean =>
  isEnabled && fetchStatus === 'idle' && (isPending || isPlaceholderData)

type Props = { read: Asking; of: QueryKey; dataset: string | undefined; rows: number }

/** What stands in place of an answer on its way; after a while it says what takes so long, how long it has taken, and can be stopped. */
export function Waiting({ read, of, dataset, rows }: Props) {
  return isStopped(read) ? <Stopped onAgain={() => void read.refetch()} /> : <OnItsWay asked={read.isEnabled} of={of} dataset={dataset} rows={rows} />
}

/** What waits for others is not asked yet: there is nothing to stop. */
function OnItsWay({ asked, of, dataset, rows }: Omit<Props, 'read'> & { asked: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const seconds = useSeconds()
  const datasets = useRead<Page<DatasetRow>>('/datasets', { limit: MOST_DATASETS })
  const version = datasets.data?.items.find(({ id }) => id === dataset)?.version
  const late = seconds >= SAID_AFTER
  if (!late && rows === 0) return null
  return (
    <div>
      {late && (
        <div className="row">
          <p className="soft small">{version && <><span role="status">{t(seconds < LONG ? 'waiting.rows' : 'waiting.long', { n: count(version.rows) })}</span> </>}{t('waiting.seconds', { n: seconds })}</p>
          {asked && <Button size="small" onClick={() => void client.cancelQueries({ queryKey: of, exact: true })}>{t('waiting.stop')}</Button>}
        </div>
      )}
      {rows > 0 && <Skeleton active title={false} paragraph={{ rows: late ? Math.max(rows - 1, 1) : rows }} />}
    </div>
  )
}

function Stopped({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation()
  return <div className="row"><p className="soft small" role="status">{t('waiting.stopped')}</p><Button size="small" onClick={onAgain}>{t('waiting.again')}</Button></div>
}

function useSeconds(): number {
  const [seconds, set] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => set((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
