import { Skeleton } from 'antd'
import type { QueryKey, UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApiError } from '../api/client.ts'
import { Fault } from '../app/shell/Fault.tsx'
import { Waiting } from './Waiting.tsx'

/** What is asked of answers of a dataset: it may take long, and can be stopped. */
type Asked = { dataset: string; of: QueryKey }
type Props<T> = { read: UseQueryResult<T, ApiError>; rows?: number; asked?: Asked; children: (data: T) => ReactNode }

/**
 * A skeleton while it loads (of answers of a dataset with what takes so long), the reason when it fails, else what was read.
 * What was shown before stands, paler, below what is on its way.
 */
export function Loaded<T>({ read, rows = 6, asked, children }: Props<T>) {
  if (asked && read.data !== undefined) {
    return (
      <>
        {read.isPlaceholderData && <Waiting read={read} rows={0} {...asked} />}
        <div className={read.isPlaceholderData ? 'stack stale' : 'stack'}>{children(read.data)}</div>
      </>
    )
  }
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.isError) return <Fault error={read.error} onRetry={() => void read.refetch()} />
  if (asked) return <Waiting read={read} rows={rows} {...asked} />
  return <Skeleton active paragraph={{ rows }} title={false} />
}
