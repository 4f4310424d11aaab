import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import type { Definition, Survey } from '../../../api/surveys.ts'
import { PageHead } from '../../../components/PageHead.tsx'
import { PageTabs } from '../../../components/PageTabs.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import '../surveys.css'
import { Blank } from './Blank.tsx'
import { FromFile } from './FromFile.tsx'
import { Gallery } from './Gallery.tsx'

/** Keeps a draft, and goes on in the designer. */
export function useNewSurvey() {
  const go = useNavigate()
  return useWrite((given: { name: string; draft: Definition }) => api.post<Survey>('/surveys', given), {
    refresh: ['/surveys'], after: ({ id }) => void go(`/surveys/${id}`),
  })
}

/** Start from a template, from nothing, or from a file of another system. */
export function Page() {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const tabs = [
    { key: 'template', label: t('surveys.fromTemplate'), children: <Gallery /> },
    { key: 'blank', label: t('surveys.blank'), children: <Blank /> },
    { key: 'file', label: t('surveys.import'), children: <FromFile /> },
  ]
  return (
    <>
      <PageHead title={t('surveys.add')} lead={t('surveys.addHow')} above={<Link to="/surveys">{t('areas.surveys')}</Link>} />
      <PageTabs items={tabs} activeKey={chosen.get('way') ?? 'template'} onChange={(way) => choose({ way: way === 'template' ? null : way })} />
    </>
  )
}
