import { Select } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRow } from '../api/data.ts'
import { useRead, type Page } from '../api/hooks.tsx'
import { MOST_DATASETS } from './datasets.ts'
import { GeneratedTag } from './GeneratedTag.tsx'
import { useAddress } from './useAddress.ts'
import { useFirst } from './useFirst.ts'

/** Which dataset a page is about; it stands in the address, by default the one looked at last. */
export function useDataset(): { id: string | null; all: DatasetRow[]; loading: boolean } {
  const [chosen, choose] = useAddress()
  const read = useRead<Page<DatasetRow>>('/datasets', { limit: MOST_DATASETS })
  const all = read.data?.items ?? []
  const id = chosen.get('dataset')
  const [first, keep] = useFirst(all)
  const begin = first?.id
  const known = id !== null && all.some((one) => one.id === id)
  useEffect(() => {
    if (!id && begin) choose({ dataset: begin })
  }, [id, begin, choose])
  useEffect(() => { if (known) keep(id) }, [known, id])
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
