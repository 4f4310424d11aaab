import { useTranslation } from 'react-i18next'
import type { DatasetRow } from '../api/data.ts'
import { useRead, type Page } from '../api/hooks.tsx'
import { MOST_DATASETS } from './datasets.ts'

/** Says of numbers that they come from generated data; nothing where all of it is real. */
export function GeneratedTag({ datasets }: { datasets: readonly (string | null | undefined)[] }) {
  const { t } = useTranslation()
  const read = useRead<Page<DatasetRow>>('/datasets', { limit: MOST_DATASETS })
  if (!read.data?.items.some(({ id, generated }) => generated && datasets.includes(id))) return null
  return <span className="tag doubt" title={t('dataset.generatedHow')}>{t('dataset.generated')}</span>
}
