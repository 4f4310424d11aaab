import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { Mailing } from '../../../api/sending.ts'
import type { SurveyRow } from '../../../api/surveys.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { SurveyHead } from '../SurveyHead.tsx'
import { Enough } from './Enough.tsx'
import { Funnel, OpenFunnel } from './Funnel.tsx'
import { MailingDialog } from './MailingDialog.tsx'
import { MailingList } from './MailingList.tsx'
import { WaysIn } from './WaysIn.tsx'
import { Widgets } from './Widgets.tsx'
import './send.css'

const EVERY_MS = 5_000

/** To whom a questionnaire goes and how; how far the links came; whether it is enough. */
export function Page() {
  const { id = '' } = useParams()
  const survey = useRead<SurveyRow>(`/surveys/${id}`)
  return <Loaded read={survey} rows={10}>{(found) => <Found survey={found} />}</Loaded>
}

function Found({ survey }: { survey: SurveyRow }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Mailing | 'new' | null>(null)
  const mailings = useRead<Listed<Mailing>>(`/surveys/${survey.id}/mailings`, undefined, { every: () => EVERY_MS })
  const isOut = survey.version !== null
  return (
    <>
      <SurveyHead
        survey={survey} lead={t('sending.lead')}
        actions={isOut && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('sending.add')}</Button>}
      />
      {!isOut ? <div className="panel"><EmptyState title={t('surveys.notOut')} how={t('surveys.notOutHow')} /></div> : (
        <div className="stack">
          <WaysIn surveyId={survey.id} />
          <Widgets surveyId={survey.id} />
          <Loaded read={mailings} rows={3}>
            {({ items }) => (
              <>
                <MailingList mailings={items} onEdit={setOpen} onAdd={() => setOpen('new')} />
                <Funnel surveyId={survey.id} mailings={items} />
              </>
            )}
          </Loaded>
          <OpenFunnel surveyId={survey.id} />
          <Enough surveyId={survey.id} />
        </div>
      )}
      {open && <MailingDialog surveyId={survey.id} mailing={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}
