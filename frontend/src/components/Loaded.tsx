import { Skeleton } from 'antd'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApiError } from '../api/client.ts'
import { Fault } from '../app/shell/Fault.tsx'

type Props<T> = { read: UseQueryResult<T, ApiError>; rows?: number; children: (data: T) => ReactNode }

/** A skeleton while it loads, the reason when it fails, else what was read. */
export function Loaded<T>({ read, rows = 6, children }: Props<T>) {
  if (read.data !== undefined) return <>{children(read.data)}</>
  if (read.isError) return <Fault error={read.error} onRetry={() => void read.refetch()} />
  return <Skeleton active paragraph={{ rows }} title={false} />
}
