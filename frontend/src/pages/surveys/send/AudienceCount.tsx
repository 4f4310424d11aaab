import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import type { AudienceCount as Counted, Plan } from '../../../api/sending.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { count } from '../../../components/format.ts'

type Props = { surveyId: string; mailingId: string | null; plan: () => Plan | null }

/** How many customers there are, why some get nothing, how many remain; nothing is sent. */
export function AudienceCount({ surveyId, mailingId, plan }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const ask = useWrite((given: Plan) => api.post<Counted>(`/surveys/${surveyId}/audience`, { plan: given, mailing_id: mailingId }), { quiet: true })
  const press = () => { const given = plan(); if (given) ask.mutate(given) }
  const found = ask.data
  return (
    <div className="audience stack tight" aria-live="polite">
      <div><Button loading={ask.isPending} onClick={press}>{t('sending.countAudience')}</Button></div>
      {ask.error && <Alert type="error" showIcon title={ask.error.say(language)} />}
      {found && (
        <>
          <p className="before-after"><span className="number">{count(found.n_before)}</span> → <strong className="number">{count(found.n_asked)}</strong> {t('sending.people')}</p>
          <ul className="small soft">
            {found.excluded.map(({ reason, text, n }) => <li key={reason}>− {count(n)} {say(text)}</li>)}
            {found.n_asked < found.n_eligible && <li>− {count(found.n_eligible - found.n_asked)} {t('sending.notDrawn')}</li>}
          </ul>
        </>
      )}
    </div>
  )
}
