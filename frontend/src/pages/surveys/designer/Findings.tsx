import { useTranslation } from 'react-i18next'
import type { Finding } from '../../../api/surveys.ts'
import { useSay } from '../../../app/language.ts'
import type { Chosen } from './chosen.ts'

type Props = { findings: readonly Finding[]; onGo?: (chosen: Chosen) => void }

/** What is wrong or doubtful, and where; a press goes there. */
export function Findings({ findings, onGo }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  if (findings.length === 0) return null
  return (
    <ul className="findings">
      {findings.map((one, at) => (
        <li key={at} className={one.severity}>
          <strong className="tiny">{one.severity === 'error' ? '✕' : '!'} {t(`designer.${one.severity}`)}</strong>
          {onGo ? <button type="button" className="as-link" onClick={() => onGo(placeOf(one))}>{say(one.sentence)}</button> : <span>{say(one.sentence)}</span>}
          {one.advice && <span className="soft small">{say(one.advice)}</span>}
        </li>
      ))}
    </ul>
  )
}

function placeOf({ question, page }: Finding): Chosen {
  if (question) return { question }
  return page ? { page } : { whole: true }
}
