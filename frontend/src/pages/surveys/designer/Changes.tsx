import { useTranslation } from 'react-i18next'
import type { Change } from '../../../api/surveys.ts'
import { useSay } from '../../../app/language.ts'

/** What changed, in sentences; what can no longer be compared is marked. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation()
  const say = useSay()
  if (changes.length === 0) return <p className="soft">{t('designer.noChanges')}</p>
  return (
    <div>
      <h3>{t('designer.changes')}</h3>
      <ul className="findings">
        {changes.map((one, at) => <li key={at} className={one.comparable ? 'plain' : 'warning'}>{!one.comparable && <strong className="tiny">! {t('designer.newColumn')}</strong>}<span>{say(one.sentence)}</span></li>)}
      </ul>
    </div>
  )
}
