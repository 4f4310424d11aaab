import { Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Grade } from '../api/data.ts'
import { useSay } from '../app/language.ts'

const TONE: Record<string, string> = { A: 'good', B: 'accent', C: 'doubt', D: 'bad' }

/** The quality grade of a dataset, with its reasons. */
export function GradeTag({ grade }: { grade: Grade | null }) {
  const { t } = useTranslation()
  const say = useSay()
  if (!grade) return <span className="tag">{t('dataset.noGrade')}</span>
  const tag = <span className={`tag ${TONE[grade.letter] ?? ''}`} tabIndex={grade.reasons.length ? 0 : undefined}>{t('dataset.grade', { letter: grade.letter })}</span>
  if (grade.reasons.length === 0) return tag
  return <Popover trigger={['hover', 'focus']} content={<ul className="reasons">{grade.reasons.map((reason) => <li key={say(reason)}>{say(reason)}</li>)}</ul>}>{tag}</Popover>
}
