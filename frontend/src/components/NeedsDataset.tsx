import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DatasetRow } from '../api/data.ts'
import { EmptyState } from './EmptyState.tsx'

type Props = { picked: { id: string | null; all: DatasetRow[]; loading: boolean }; children: (id: string) => ReactNode }

/** A page about one dataset: teaches the first step where there is none. */
export function NeedsDataset({ picked, children }: Props) {
  const { t } = useTranslation()
  if (picked.id) return <>{children(picked.id)}</>
  if (picked.loading || picked.all.length > 0) return <Skeleton active paragraph={{ rows: 8 }} />
  return (
    <div className="panel">
      <EmptyState title={t('datasets.none')} how={t('datasets.noneHow')}><Link to="/datasets/new">{t('datasets.add')}</Link></EmptyState>
    </div>
  )
}
