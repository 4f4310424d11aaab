import { Alert, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Codebook, MadeFrom as Made } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import type { Mix, Model } from '../../../api/models.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { DASH, share } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { measureChoices } from '../../../components/measures.ts'
import { NumberWithInterval } from '../../../components/NumberWithInterval.tsx'
import { StackedTable } from '../../../components/StackedTable.tsx'

/** Which versions of which datasets it was made from; of a union, what each source weighs. */
export function MadeFrom({ id, made }: { id: string; made: Made }) {
  const { t } = useTranslation()
  const model = useRead<Model>(`/models/${made.model_id}`)
  return (
    <>
      <section className="panel stack">
        <h2>{t('models.madeFrom')}</h2>
        <ul className="plain-list">
          {made.parents.map((parent) => <li key={parent.dataset_id}><Link to={`/datasets/${parent.dataset_id}`}>{parent.name}</Link> <span className="soft small">{t('models.version', { n: parent.version + 1 })}</span></li>)}
        </ul>
      </section>
      {model.data?.kind === 'union' && <MixOf id={id} model={model.data.id} />}
    </>
  )
}

function MixOf({ id, model }: { id: string; model: string }) {
  const { t } = useTranslation()
  const say = useSay()
  const book = useRead<Codebook>(`/datasets/${id}/codebook`)
  const choices = measureChoices(book.data?.columns ?? [], t, say)
  const [chosen, choose] = useState<string | null>(null)
  const metric = chosen ?? choices[0]?.value
  if (!metric) return null
  return (
    <section className="panel stack" aria-label={t('models.mix')}>
      <div className="row far">
        <h2>{t('models.mix')}</h2>
        <Select value={metric} options={choices} aria-label={t('models.mixOf')} popupMatchSelectWidth={false} onChange={choose} />
      </div>
      <Sources model={model} metric={metric} />
    </section>
  )
}

function Sources({ model, metric }: { model: string; metric: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const say = useSay()
  const read = useRead<Mix>(`/models/${model}/mix`, { metric })
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  return (
    <Loaded read={read}>
      {(mix) => {
        const rows = [
          ...mix.sources.map(({ name, share: part, cell }) => ({ name, part: part === null ? DASH : share(part), cell })),
          { name: t('models.pooled'), part: '', cell: mix.pooled },
          ...(mix.equal ? [{ name: t('models.equal'), part: '', cell: mix.equal }] : []),
        ]
        return (
          <>
            <StackedTable
              rows={rows} rowKey={({ name }) => name}
              columns={[
                { title: t('models.source'), show: ({ name }) => name },
                { title: t('models.weighs'), number: true, show: ({ part }) => part },
                { title: say(mix.pooled.label), number: true, show: ({ cell }) => <NumberWithInterval cell={cell} /> },
              ]}
            />
            <p className="soft small">{say(mix.note)}</p>
          </>
        )
      }}
    </Loaded>
  )
}
