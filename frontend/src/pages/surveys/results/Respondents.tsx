import { Alert, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRow } from '../../../api/data.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { Beside, RawScore } from '../../../api/sending.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { count, DASH, number, ownInterval, share } from '../../../components/format.ts'
import { StackedTable, type StackedColumn } from '../../../components/StackedTable.tsx'
import { useSegments } from './useSegments.ts'

const MOST_DATASETS = 200

/** Who answers and who does not, beside the customer base; the score raw, and raked to the base. */
export function Respondents({ surveyId, dataset, since }: { surveyId: string; dataset: string; since: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [base, setBase] = useState<string>()
  const [column, setColumn] = useState<string>()
  const [own, setOwn] = useState<string>()
  const all = useRead<Listed<DatasetRow>>('/datasets', { limit: MOST_DATASETS }).data?.items ?? []
  const columns = useSegments(base)
  const answered = useSegments(dataset, since)
  const asked = { dataset_id: base ?? '', column: column ?? '', ...(own ? { answered_column: own } : {}) }
  const read = useRead<Beside>(`/surveys/${surveyId}/respondents`, asked, { enabled: Boolean(base && column), asOf: since })
  const pick = (key: string, value: string | undefined, options: { value: string; label: string }[], set: (value: string | undefined) => void) => (
    <Select allowClear style={{ width: 250, maxWidth: '100%' }} aria-label={t(`surveys.${key}`)} placeholder={t(`surveys.${key}`)} value={value} onChange={set} options={options} showSearch={{ optionFilterProp: 'label' }} />
  )
  return (
    <section className="panel stack tight whole" aria-label={t('surveys.beside')}>
      <h2>{t('surveys.beside')}</h2>
      <p className="small soft">{t('surveys.besideHow')}</p>
      <div className="row">
        {pick('baseData', base, all.filter(({ id }) => id !== dataset).map(({ id, name }) => ({ value: id, label: name })), (value) => { setBase(value); setColumn(undefined) })}
        {pick('baseColumn', column, columns, setColumn)}
        {pick('ownColumn', own, answered, setOwn)}
      </div>
      {read.error && <Alert type="error" showIcon title={read.error.say(language)} />}
      {base && column && read.data && <Groups found={read.data} />}
    </section>
  )
}

type Group = Beside['groups'][number]

function Groups({ found }: { found: Beside }) {
  const { t } = useTranslation()
  const few = <span className="absent">{DASH} {t('absence.few')}</span>
  const unknown = (found.raw.n ?? 0) > 0 && found.groups.every(({ n_answered }) => n_answered === 0)
  const columns: StackedColumn<Group>[] = [
    { title: t('surveys.segment'), show: ({ value }) => value ?? t('query.unknown') },
    { title: t('surveys.inBase'), number: true, show: ({ n_base }) => n_base === null ? few : count(n_base) },
    { title: t('surveys.ofWhomAnswered'), number: true, show: ({ n_answered }) => unknown ? DASH : n_answered === null ? few : count(n_answered) },
    { title: t('surveys.answeredShare'), number: true, show: (one) => unknown ? DASH : share(one.answered_share) },
  ]
  return (
    <>
      <dl className="scores">
        <div><dt>{t('surveys.raw')}</dt><dd><Score score={found.raw} /></dd></div>
        <div><dt>{t('surveys.raked')}</dt><dd>{found.raked ? <Score score={found.raked} /> : <span className="soft small">{t('surveys.rakedHow')}</span>}</dd></div>
      </dl>
      {unknown && <p className="small soft">{t('surveys.nobodyKnown')}</p>}
      <StackedTable columns={columns} rows={found.groups} rowKey={({ value }) => value ?? ''} />
    </>
  )
}

function Score({ score }: { score: RawScore }) {
  const say = useSay()
  if (score.estimate === null || score.unit === null) return <span className="absent">{DASH} {score.why && say(score.why)}</span>
  return <span className="measured big"><span className="estimate">{number(score.estimate, score.unit)}</span><span className="evidence">{ownInterval({ ...score, unit: score.unit })} · n = {count(score.n)}</span></span>
}
