import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import type { SurveyRow } from '../../api/surveys.ts'
import { useMay } from '../../app/me.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { StatusTag } from './StatusTag.tsx'
import './surveys.css'

type Props = { survey: SurveyRow; lead?: ReactNode; actions?: ReactNode }

const PARTS = [{ key: 'design', path: '', right: 'see_scores' }, { key: 'send', path: '/send', right: 'send_surveys' }, { key: 'phone', path: '/phone', right: 'enter_answers' }, { key: 'results', path: '/results', right: 'see_scores' }] as const

/** The head that every page of one questionnaire has: where it stands, and its other pages. */
export function SurveyHead({ survey, lead, actions }: Props) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <>
      <PageHead title={survey.name} above={<span className="row"><Link to="/surveys">{t('areas.surveys')}</Link><StatusTag survey={survey} /></span>} lead={lead} actions={actions} />
      <nav className="survey-parts" aria-label={t('surveys.parts')}>
        {PARTS.filter(({ right }) => may(right)).map(({ key, path }) => <NavLink key={key} end to={`/surveys/${survey.id}${path}`}>{t(`surveys.${key}`)}</NavLink>)}
      </nav>
    </>
  )
}
