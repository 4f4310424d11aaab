import { AutoComplete } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSay } from '../app/language.ts'
import { useFields } from './made.ts'
import { groupChoices, measureChoices } from './measures.ts'
import { useValues } from './question/useValues.ts'

/** The values of a column that groups a dataset, to choose from; none of any other. */
export function useColumnValues(dataset: string | undefined, column: string): string[] {
  const { t } = useTranslation()
  const say = useSay()
  const { columns } = useFields(dataset)
  const grouped = groupChoices(columns, say).some(({ value }) => value === column)
  return useValues(dataset ?? '', grouped ? [column] : [], measureChoices(columns, t, say)[0]?.value)[column] ?? []
}

type Given = { id?: string; value?: string; onChange?: (words: string) => void; 'aria-label'?: string; placeholder?: string }

/** A column: typed, or chosen among those that group the dataset. */
export function ColumnInput({ dataset, ...props }: Given & { dataset: string | undefined }) {
  const say = useSay()
  const { columns } = useFields(dataset)
  return <Offering {...props} options={groupChoices(columns, say).map(({ value, label }) => ({ value, label: label === value ? value : `${value} · ${label}` }))} />
}

/** A value of a column: typed, or chosen among those that it has. */
export function ValueInput({ dataset, column, ...props }: Given & { dataset: string | undefined; column: string }) {
  const values = useColumnValues(dataset, column)
  return <Offering {...props} options={values.map((value) => ({ value, label: value }))} />
}

const Offering = (props: Given & { options: { value: string; label: string }[] }) => (
  <AutoComplete {...props} showSearch={{ filterOption: (words, option) => String(option?.label).toLowerCase().includes(words.toLowerCase()) }} />
)
