import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useRead } from '../../../api/hooks.tsx'
import type { Results } from '../../../api/surveys.ts'
import { useSay } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { count } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { Absent, NumberWithInterval } from '../../../components/NumberWithInterval.tsx'
import { When } from '../../../components/When.tsx'
import { useScores } from '../MainScore.tsx'
import { OpenLink } from '../QrCode.tsx'
import { SurveyHead } from '../SurveyHead.tsx'
import { Days } from './Days.tsx'
import { Files } from './Files.tsx'
import { ModeEffect } from './ModeEffect.tsx'
import { NeededBy } from './NeededBy.tsx'
import { Respondents } from './Respondents.tsx'

const EVERY_MS = 3_000

/** What came in so far; looked at anew every few seconds, so that an answer is seen arriving. */
export function Page() {
  const { id = '' } = useParams()
  const read = useRead<Results>(`/surveys/${id}/results`, undefined, { fresh: 0, every: () => EVERY_MS })
  return <Loaded read={read} rows={10}>{(found) => <Found found={found} />}</Loaded>
}

function Found({ found }: { found: Results }) {
  const { t } = useTranslation()
  const may = useMay()
  const links = found.counted_at && found.dataset_id
  return (
    <>
      <SurveyHead
        survey={found} lead={t('surveys.resultsLead')}
        actions={links && <><Link to={`/explore?dataset=${found.dataset_id ?? ''}`}><Button>{t('areas.explore')}</Button></Link><Link to={`/report?dataset=${found.dataset_id ?? ''}`}><Button type="primary">{t('dataset.report')}</Button></Link></>}
      />
      {found.n === 0 ? (
        <div className="panel stack">
          <EmptyState title={t(found.version ? 'surveys.noAnswers' : 'surveys.notOut')} how={t(found.version ? 'surveys.noAnswersHow' : 'surveys.notOutHow')} />
          {found.version && may('send_surveys') ? <OpenLink surveyId={found.id} /> : null}
        </div>
      ) : (
        <div className="results">
          <section className="panel stack tight" aria-label={t('surveys.soFar')}>
            <h2>{t('surveys.soFar')}</h2>
            <p className="big-count" aria-live="polite">{found.n === null ? <Absent reason="suppressed" minimum={found.minimum_n} /> : <>{count(found.n)}<span className="small soft"> {t('number.answersShort')}</span></>}</p>
            <p className="soft small"><AsOf found={found} /></p>
            {found.n_half ? <p className="soft small">{t('surveys.halfFinished', { n: count(found.n_half) })}</p> : null}
            {found.days.length > 0 && <Days days={found.days} />}
          </section>
          <section className="panel stack tight" aria-label={t('surveys.byChannel')}>
            <h2>{t('surveys.byChannel')}</h2>
            {found.channels.length === 0 ? <p className="soft">{t('surveys.notCounted')}</p> : (
              <table className="channels"><tbody>
                {found.channels.map(({ channel, n }) => <tr key={channel ?? ''}><td>{t(`surveyChannel.${channel ?? 'none'}`, { defaultValue: channel ?? '—' })}</td><td className="number">{n === null ? <Absent reason="suppressed" minimum={found.minimum_n} /> : count(n)}</td></tr>)}
              </tbody></table>
            )}
          </section>
          {found.counted_at && <Files id={found.id} since={found.counted_at} />}
          {found.dataset_id && found.counted_at && <Scores dataset={found.dataset_id} since={found.counted_at} measures={found.measures} />}
          {found.dataset_id && found.counted_at && found.measure && <ModeEffect dataset={found.dataset_id} measure={found.measure} since={found.counted_at} />}
          {found.dataset_id && found.counted_at && <NeededBy surveyId={found.id} dataset={found.dataset_id} since={found.counted_at} />}
          {found.dataset_id && found.counted_at && may('send_surveys') && <Respondents surveyId={found.id} dataset={found.dataset_id} since={found.counted_at} />}
        </div>
      )}
    </>
  )
}

/** Nothing waits: the numbers hold now. Else up to when, and how many are on their way, where that may be told. */
function AsOf({ found }: { found: Results }) {
  const { t } = useTranslation()
  if (found.n_waiting === 0) return <>{t('surveys.allCounted')}{found.counted_at && <> · {t('surveys.lastCounted')} <When at={found.counted_at} /></>}</>
  return <>{t('surveys.asOf')} {found.counted_at ? <When at={found.counted_at} /> : '—'}{found.n_waiting !== null && <> · {t('surveys.waiting', { n: count(found.n_waiting) })}</>}</>
}

function Scores({ dataset, since, measures }: { dataset: string; since: string; measures: readonly string[] }) {
  const { t } = useTranslation()
  const say = useSay()
  const read = useScores(dataset, measures, since)
  if (measures.length === 0) return null
  return (
    <section className="panel stack whole" aria-label={t('surveys.scores')}>
      <h2>{t('surveys.scores')}</h2>
      <Loaded read={read} rows={3}>
        {({ cells }) => <dl className="scores">{cells.map((cell) => <div key={cell.metric}><dt>{say(cell.label)}</dt><dd><NumberWithInterval cell={cell} size={cell.metric.startsWith('score') ? 'table' : 'big'} /></dd></div>)}</dl>}
      </Loaded>
    </section>
  )
}
