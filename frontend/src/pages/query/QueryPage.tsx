import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Codebook } from '../../api/data.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import { DatasetPage, WithColumns } from '../../components/DatasetPage.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { ADDRESS, askedAddress, readAsked, type Asked } from '../../components/question/asked.ts'
import { Answer } from './Answer.tsx'
import { AskForm } from './AskForm.tsx'
import { measureChoices, withOperations } from '../../components/measures.ts'
import './query.css'

/** Any metric, by any group: every number with its interval, every comparison with its call. */
export function Page() {
  const { t } = useTranslation()
  return (
    <DatasetPage title={t('query.title')} lead={t('query.lead')} clears={ADDRESS}>
      {(id) => <WithColumns key={id} id={id}>{(columns, operations) => <Asked id={id} columns={columns} operations={operations} />}</WithColumns>}
    </DatasetPage>
  )
}

function Asked({ id, columns, operations }: { id: string } & Pick<Codebook, 'columns' | 'operations'>) {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const say = useSay()
  const language = useLanguage()
  const names = useMemo(() => [...new Set(columns.flatMap(({ name, group }) => (group ? [name, group] : [name])))], [columns])
  const measures = useMemo(() => withOperations(measureChoices(columns, t, say), operations, say), [columns, operations, t, language])
  const asked = useMemo(() => {
    const read = readAsked(chosen, names)
    const first = measures[0]?.value
    return read.metrics.length === 0 && first ? { ...read, metrics: [first] } : read
  }, [chosen, names, measures])
  const change = (part: Partial<Asked>) => choose(askedAddress({ ...asked, ...part }), { replace: false })
  return (
    <div className="asking">
      <AskForm id={id} columns={columns} measures={measures} asked={asked} onChange={change} />
      <Answer id={id} asked={asked} />
    </div>
  )
}
