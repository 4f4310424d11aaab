import { Select } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRow } from '../api/data.ts'
import { useRead, type Page } from '../api/hooks.tsx'
import { GeneratedTag } from './GeneratedTag.tsx'
import { useAddress } from './useAddress.ts'

export const MOST_DATASETS = 200

/** Which dataset a page is about; it stands in the address, the latest one by default. */
export function useDataset(): { id: string | null; all: DatasetRow[]; loading: boolean } {
  const [chosen, choose] = useAddress()
  const read = useRead<Page<DatasetRow>>('/datasets', { limit: MOST_DATASETS })
  const all = read.data?.items ?? []
  const id = chosen.get('dataset')
  const first = all[0]?.id
  useEffect(() => {
    if (!id && first) choose({ dataset: first })
  }, [id, first, choose])
  return { id, all, loading: read.isPending }
}

export function DatasetPicker({ all, id, clears = [] }: { all: DatasetRow[]; id: string | null; clears?: readonly string[] }) {
  const { t } = useTranslation()
  const [, choose] = useAddress()
  return (
    <>
      <GeneratedTag datasets={[id]} />
      <Select
        className="dataset-picker" value={all.some((one) => one.id === id) ? id : undefined} loading={all.length === 0} aria-label={t('picker.dataset')} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={320}
        options={all.map((dataset) => ({ value: dataset.id, label: dataset.name }))}
        onChange={(dataset) => choose({ ...Object.fromEntries(clears.map((name) => [name, null])), dataset }, { replace: false })}
      />
    </>
  )
}
