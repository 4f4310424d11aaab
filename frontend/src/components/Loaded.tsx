import { Skeleton } from 'antd'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApiError } from '../api/client.ts'
import { Fault } from '../app/shell/Fault.tsx'
import { Waiting } from './Waiting.tsx'

type Props<T> = { read: UseQueryResult<T, ApiError>; rows?: number; dataset?: string; children: (data: T) => ReactNode }

/** A skeleton while it loads (of answers of a dataset with what takes so long), the reason when it fails, else what was read. */
export function Loaded<T>({ read, rows = 6, dataset, children }: Props<T>) {
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.isError) return <Fault error={read.error} onRetry={() => void read.refetch()} />
  if (dataset) return <Waiting dataset={dataset} rows={rows} />
  return <Skeleton active paragraph={{ rows }} title={false} />
}
