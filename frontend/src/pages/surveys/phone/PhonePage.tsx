import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { api } from '../../../api/client.ts'
import type { Call } from '../../../api/calls.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import type { SurveyRow } from '../../../api/surveys.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { SurveyHead } from '../SurveyHead.tsx'
import { Choose } from './Choose.tsx'
import { OnTheLine } from './OnTheLine.tsx'
import { OpenCalls } from './OpenCalls.tsx'
import './phone.css'

/** An agent rings a customer, reads the questions out, and fills in. */
export function Page() {
  const { id = '' } = useParams()
  const survey = useRead<SurveyRow>(`/surveys/${id}`)
  return <Loaded read={survey} rows={10}>{(found) => <Found survey={found} />}</Loaded>
}

function Found({ survey }: { survey: SurveyRow }) {
  const { t } = useTranslation()
  const [call, setCall] = useState<Call | null>(null)
  const path = `/surveys/${survey.id}/calls`
  const ring = useWrite((customer: string | null) => api.post<Call>(path, { customer_id: customer }), { refresh: [path], after: setCall })
  return (
    <>
      <SurveyHead survey={survey} lead={t('phone.lead')} />
      {survey.status !== 'open' ? <div className="panel"><EmptyState title={t('surveys.notOut')} how={t('surveys.notOutHow')} /></div>
        : call ? <OnTheLine key={call.path} surveyId={survey.id} call={call} onEnd={() => setCall(null)} /> : (
          <div className="stack">
            <Choose busy={ring.isPending} onRing={(customer) => ring.mutate(customer)} />
            <OpenCalls surveyId={survey.id} busy={ring.isPending} onRing={(customer) => ring.mutate(customer)} />
          </div>
        )}
    </>
  )
}
