import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSay } from '../../app/language.ts'
import { cloudLink, driversLink, exploreLink, whyOf } from './address.ts'
import { Drivers, Related, WhyBrief } from './Analyses.tsx'
import { partWords, type Condition } from '../../components/question/asked.ts'
import { Choices } from '../../components/ask/Choices.tsx'
import { isEmpty, lastDays } from '../../components/ending.ts'
import { Grounds } from './Grounds.tsx'
import { Numbers } from './Numbers.tsx'
import { Bounds, Ranked } from './Ranked.tsx'
import type { Answered } from './result.ts'
import { Said } from './Said.tsx'

/** An answer: how the question was read, the sentence, its proof, and the way further. */
export function Answer({ id, found, onAsk, onAnew }: { id: string; found: Answered; onAsk: (question: string) => void; onAnew: (question: string) => void }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <>
      <p className="small soft">{t('ask.reading')} {say(found.reading)}</p>
      {found.carried && (
        <p className="small">
          <span className="tag">{t('ask.carried')}</span> {say(found.carried)}
          {found.stands_alone && <Button type="link" size="small" onClick={() => onAnew(found.question)}>{t('ask.alone')}</Button>}
        </p>
      )}
      <p className="ask-sentence">{say(found.sentence)}</p>
      {found.words_of && <WordsOf part={found.words_of} any={(found.voices ?? []).length > 0} />}
      <Proof id={id} found={found} />
      <Choices choices={found.ends && saysNothing(found) ? [t('ask.next.days', lastDays(found.ends))] : nextOf(found).map((key) => t(key))} onAsk={onAsk} />
      <Grounds found={found} />
      <Further id={id} found={found} />
    </>
  )
}

/** What is asked next of groups that are shown, or that are set beside the rest. */
function nextOf({ rank, ranking, bounded, result, query }: Answered): string[] {
  const [column] = query.by
  if (!ranking && !bounded) return result && query.compare?.against === 'rest' && query.where.some((one) => one.column === column) ? ['ask.next.said'] : []
  const why = rank ? ('best' in rank ? 'ask.next.better' : 'ask.next.worse') : 'ask.next.different'
  return [why, 'ask.next.said']
}

/** Whether nobody answered in the days asked about. */
const saysNothing = ({ result, why, voices }: Answered): boolean =>
  result ? isEmpty(result.cells) : why ? why.not_estimable !== undefined : voices?.length === 0

function Proof({ id, found }: { id: string; found: Answered }) {
  const { result, ranking, bounded, why, drivers, relation, voices } = found
  if (result && ranking) return <Ranked result={result} ranking={ranking} />
  if (result && bounded) return <Bounds result={result} bounded={bounded} />
  if (result) return <Numbers id={id} result={result} />
  if (why) return <WhyBrief why={why} />
  if (drivers) return <Drivers found={drivers} />
  if (relation) return <Related found={relation} />
  return voices ? <Said voices={voices} concerns={found.concerns} /> : null
}

function Further({ id, found }: { id: string; found: Answered }) {
  const { t } = useTranslation()
  const { result, why, drivers, voices, rated, query } = found
  const cloud = voices?.length && rated ? cloudLink(id, rated, query) : null
  const to = why ? whyOf(id, query) : drivers ? driversLink(id, drivers.target, query) : cloud ?? (result ? exploreLink(id, result.query, query) : null)
  if (!to) return null
  return <p><Link to={to}>{t(why ? 'ask.inWhy' : drivers ? 'ask.inDrivers' : 'ask.inExplore')}</Link></p>
}

/** Whose words these are, for somebody who may read a part of what the question is about. */
function WordsOf({ part, any }: { part: Condition[]; any: boolean }) {
  const { t } = useTranslation()
  const key = part.length === 0 ? 'ask.wordsNone' : any ? 'ask.wordsPart' : 'ask.wordsOf'
  return <p className="soft">{t(key, { part: partWords(part, t) })}</p>
}
