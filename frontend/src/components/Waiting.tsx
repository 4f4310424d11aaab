import { Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRow } from '../api/data.ts'
import { useRead, type Page } from '../api/hooks.tsx'
import { MOST_DATASETS } from './datasets.ts'
import { count } from './format.ts'

const SAID_AFTER = 2
const LONG = 30

/** What stands in place of an answer on its way; after a while it says what takes so long, and how long it has taken. */
export function Waiting({ dataset, rows }: { dataset: string | undefined; rows: number }) {
  const { t } = useTranslation()
  const seconds = useSeconds()
  const read = useRead<Page<DatasetRow>>('/datasets', { limit: MOST_DATASETS })
  const version = read.data?.items.find(({ id }) => id === dataset)?.version
  const late = seconds >= SAID_AFTER && version != null
  return (
    <div>
      {late && <p className="soft small"><span role="status">{t(seconds < LONG ? 'waiting.rows' : 'waiting.long', { n: count(version.rows) })}</span> {t('waiting.seconds', { n: seconds })}</p>}
      <Skeleton active title={false} paragraph={{ rows: late ? Math.max(rows - 1, 1) : rows }} />
    </div>
  )
}

function useSeconds(): number {
  const [seconds, set] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => set((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
