import { Alert, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRow } from '../../../api/data.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { Beside, RawScore } from '../../../api/sending.ts'
import { useLanguage } from '../../../app/language.ts'
import { count, DASH, interval, number, share } from '../../../components/format.ts'
import { useSegments } from './useSegments.ts'

const MOST_DATASETS = 200

/** Who answers and who does not, beside the customer base; the score raw, and raked to the base. */
export function Respondents({ surveyId, dataset }: { surveyId: string; dataset: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [base, setBase] = useState<string>()
  const [column, setColumn] = useState<string>()
  const [own, setOwn] = useState<string>()
  const all = useRead<Listed<DatasetRow>>('/datasets', { limit: MOST_DATASETS }).data?.items ?? []
  const columns = useSegments(base)
  const answered = useSegments(dataset)
  const asked = { dataset_id: base ?? '', column: column ?? '', ...(own ? { answered_column: own } : {}) }
  const read = useRead<Beside>(`/surveys/${surveyId}/respondents`, asked, { enabled: Boolean(base && column) })
  const pick = (key: string, value: string | undefined, options: { value: string; label: string }[], set: (value: string | undefined) => void) => (
    <Select allowClear style={{ width: 200 }} aria-label={t(`surveys.${key}`)} placeholder={t(`surveys.${key}`)} value={value} onChange={set} options={options} showSearch={{ optionFilterProp: 'label' }} />
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

function Groups({ found }: { found: Beside }) {
  const { t } = useTranslation()
  const heads = ['segment', 'inBase', 'ofWhomAnswered', 'answeredShare']
  return (
    <>
      <dl className="scores">
        <div><dt>{t('surveys.raw')}</dt><dd>{scored(found.raw)}</dd></div>
        <div><dt>{t('surveys.raked')}</dt><dd>{found.raked ? scored(found.raked) : <span className="soft small">{t('surveys.rakedHow')}</span>}</dd></div>
      </dl>
      <div className="scrolled"><table className="channels">
        <thead><tr>{heads.map((key) => <th key={key} scope="col">{t(`surveys.${key}`)}</th>)}</tr></thead>
        <tbody>
          {found.groups.map((one) => (
            <tr key={one.value ?? ''}><th scope="row">{one.value ?? t('query.unknown')}</th><td className="number">{count(one.n_base)}</td><td className="number">{count(one.n_answered)}</td><td className="number">{share(one.answered_share)}</td></tr>
          ))}
        </tbody>
      </table></div>
    </>
  )
}

const scored = (one: RawScore | null) => one?.estimate == null ? DASH : <span className="measured big"><span className="estimate">{number(one.estimate, one.unit)}</span><span className="evidence">{interval(one.low, one.high, one.unit)} · n = {count(one.n)}</span></span>
