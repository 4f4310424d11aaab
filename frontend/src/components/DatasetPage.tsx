import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Codebook } from '../api/data.ts'
import { useRead } from '../api/hooks.tsx'
import { CopyButton } from './CopyButton.tsx'
import { DatasetPicker, useDataset } from './DatasetPicker.tsx'
import { useMade, withGroups, withMetrics } from './made.ts'
import { Loaded } from './Loaded.tsx'
import { NeedsDataset } from './NeedsDataset.tsx'
import { PageHead } from './PageHead.tsx'

type Props = { title: string; lead: string; clears: readonly string[]; children: (id: string) => ReactNode }

/** A question to one dataset: which one stands in the head, and the page's address can be passed on. */
export function DatasetPage({ title, lead, clears, children }: Props) {
  const { t } = useTranslation()
  const picked = useDataset()
  return (
    <>
      <PageHead
        title={title} lead={lead}
        actions={<><DatasetPicker {...picked} clears={clears} /><CopyButton words={() => location.href}>{t('common.copyLink')}</CopyButton></>}
      />
      <NeedsDataset picked={picked}>{children}</NeedsDataset>
    </>
  )
}

type Columns = Codebook['columns']

/** What needs to know a dataset's columns first, the dimensions and metrics that people made among them. */
export function WithColumns({ id, children }: { id: string; children: (columns: Columns, operations: Codebook['operations']) => ReactNode }) {
  const book = useRead<Codebook>(`/datasets/${id}/codebook`)
  const made = useMade(id)
  return <Loaded read={book} rows={10}>{(found) => <Loaded read={made} rows={10}>{({ items }) => children(withGroups(found.columns, items), withMetrics(found, items))}</Loaded>}</Loaded>
}
