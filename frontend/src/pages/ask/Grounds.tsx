import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import { count, share } from '../../components/format.ts'
import { conditionSaid, partWords } from '../../components/question/asked.ts'
import type { Answered } from './result.ts'

/** What an answer stands on: definition, rows, days, whose rows the viewer sees, snapshot. */
export function Grounds({ found }: { found: Answered }) {
  const { t } = useTranslation()
  const say = useSay()
  const data = found.result?.data ?? found.why?.data
  const definitions = found.result?.definition ?? (found.why ? [found.why.definition] : [])
  const { where, since, until } = found.query
  const days = since ?? until ? `${since ?? '…'} – ${until ?? '…'}` : t('ask.allDays')
  return (
    <details className="ask-grounds small">
      <summary>{t('ask.grounds')}</summary>
      <dl>
        {definitions.map((one) => <div key={one.metric}><dt>{say(one.label)}</dt><dd>{say(one.formula)}</dd></div>)}
        <div><dt>{t('ask.rows')}</dt><dd>{where.length > 0 ? partWords(where, t) : t('ask.allRows')}</dd></div>
        <div><dt>{t('query.period')}</dt><dd>{days}</dd></div>
        {data && <div><dt>{t('ask.rights')}</dt><dd>{data.row_rule.length > 0 ? data.row_rule.map((one) => conditionSaid(String(one), t)).join(t('common.comma')) : t('ask.allRights')}</dd></div>}
        {data && <div><dt>n</dt><dd>{t('query.used', { used: count(data.used), rows: count(data.rows), level: share(found.result?.query.level ?? 0.95, 0) })}</dd></div>}
        {data && <div><dt>{t('ask.data')}</dt><dd>{t('query.snapshot', { snapshot: data.snapshot })}</dd></div>}
      </dl>
      {found.result?.notes.map((note) => <p key={say(note)} className="soft">{say(note)}</p>)}
    </details>
  )
}
