import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Codebook, DatasetRow } from '../../api/data.ts'
import { useRead } from '../../api/hooks.tsx'
import { Choices } from '../../components/ask/Choices.tsx'
import { QuestionBox } from '../../components/ask/QuestionBox.tsx'
import { useExamples } from '../../components/ask/useExamples.ts'
import { useFirst } from '../../components/useFirst.ts'

/** A ranking, groups, and why: the first of the examples is one number, which stands on the page anyway. */
const SHOWN = [1, 4] as const
const NONE: Codebook['columns'] = []

/** A question from the first page: it is answered on the page for questions; of several datasets the box says which, and lets choose. */
export function AskBox({ datasets }: { datasets: DatasetRow[] }) {
  const [chosen, choose] = useState<string | null>(null)
  const [first] = useFirst(datasets)
  const dataset = datasets.find(({ id }) => id === chosen) ?? first
  return dataset ? <Box key={dataset.id} dataset={dataset} datasets={datasets} onChoose={choose} /> : null
}

function Box({ dataset, datasets, onChoose }: { dataset: DatasetRow; datasets: DatasetRow[]; onChoose: (id: string) => void }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const book = useRead<Codebook>(`/datasets/${dataset.id}/codebook`)
  const ask = (question: string) => void go(`/ask?${new URLSearchParams({ dataset: dataset.id, q: question }).toString()}`)
  const found = useExamples(dataset.id, book.data?.columns ?? NONE).slice(...SHOWN)
  return (
    <section className="panel stack" aria-label={t('ask.title')}>
      <div className="row far">
        <h2>{t('home.ask', { name: dataset.name })}</h2>
        {datasets.length > 1 && <Select className="ask-of" value={dataset.id} aria-label={t('home.askOf')} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={280} options={datasets.map(({ id, name }) => ({ value: id, label: name }))} onChange={onChoose} />}
      </div>
      <QuestionBox follows={false} onAsk={ask} />
      <Choices choices={found} onAsk={ask} />
    </section>
  )
}
