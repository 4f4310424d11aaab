import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import type { SurveyRow } from '../../api/surveys.ts'
import { PageHead } from '../../components/PageHead.tsx'
import { StatusTag } from './StatusTag.tsx'
import './surveys.css'

type Props = { survey: SurveyRow; lead?: ReactNode; actions?: ReactNode }

const PARTS = [{ key: 'design', path: '' }, { key: 'results', path: '/results' }] as const

/** The head that every page of one questionnaire has: where it stands, and its other pages. */
export function SurveyHead({ survey, lead, actions }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={survey.name} above={<><Link to="/surveys">{t('areas.surveys')}</Link> <StatusTag survey={survey} /></>} lead={lead} actions={actions} />
      <nav className="survey-parts" aria-label={t('surveys.parts')}>
        {PARTS.map(({ key, path }) => <NavLink key={key} end to={`/surveys/${survey.id}${path}`}>{t(`surveys.${key}`)}</NavLink>)}
      </nav>
    </>
  )
}
