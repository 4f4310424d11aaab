import { useTranslation } from 'react-i18next'
import type { Status, SurveyRow } from '../../api/surveys.ts'

const LOOK: Record<Status, string> = { draft: 'tag', open: 'tag good', paused: 'tag doubt', closed: 'tag' }

export function StatusTag({ survey }: { survey: Pick<SurveyRow, 'status' | 'version'> }) {
  const { t } = useTranslation()
  return <span className={LOOK[survey.status]}>{t(`surveyStatus.${survey.status}`)}</span>
}
