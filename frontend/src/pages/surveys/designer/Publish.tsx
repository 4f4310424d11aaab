import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import type { Change, Finding, Survey, SurveyRow } from '../../../api/surveys.ts'
import { useLanguage } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { Changes } from './Changes.tsx'
import { Findings } from './Findings.tsx'
import type { Editing } from './useDraft.ts'
import { Dialog } from '../../../components/Dialog.tsx'
import { OpenLink } from '../QrCode.tsx'

type Props = { survey: Survey; editing: Editing; findings: readonly Finding[] }

/** Save, look at what is wrong and what changes, then ask by it. */
export function Publish({ survey, editing, findings }: Props) {
  const { t } = useTranslation()
  const [revision, setRevision] = useState<number | null>(null)
  const [done, setDone] = useState<SurveyRow | null>(null)
  const begin = async () => setRevision(await editing.save())
  return (
    <>
      <Button type="primary" disabled={editing.saving === 'conflict' || survey.archived} onClick={() => void begin()}>{t('designer.publish')}</Button>
      {revision !== null && <Ask survey={survey} revision={revision} findings={findings} onClose={() => setRevision(null)} onDone={(row) => { editing.followed(row.revision); setRevision(null); setDone(row) }} />}
      {done && <Published survey={done} onClose={() => setDone(null)} />}
    </>
  )
}

type AskProps = { survey: Survey; revision: number; findings: readonly Finding[]; onClose: () => void; onDone: (row: SurveyRow) => void }

function Ask({ survey, revision, findings, onClose, onDone }: AskProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const errors = findings.filter(({ severity }) => severity === 'error')
  const changes = useRead<Listed<Change>>(`/surveys/${survey.id}/changes`, undefined, { fresh: 0 })
  const publish = useWrite(() => api.post<SurveyRow>(`/surveys/${survey.id}/publish`, { revision }), { quiet: true, refresh: ['/surveys', '/survey-counts', '/datasets'], after: onDone })
  return (
    <Dialog title={t(survey.version ? 'designer.publishAgain' : 'designer.publishFirst')} onCancel={onClose} onOk={() => publish.mutate(undefined)} okText={t('designer.publish')} cancelText={t('common.cancel')} okButtonProps={{ disabled: errors.length > 0 }} confirmLoading={publish.isPending} destroyOnHidden>
      <div className="stack">
        {publish.error && <Alert type="error" showIcon title={publish.error.say(language)} />}
        {errors.length > 0 && <Alert type="error" showIcon title={t('designer.errorsBlock', { n: errors.length })} />}
        <Findings findings={findings} />
        {survey.version !== null && <Loaded read={changes} rows={2}>{({ items }) => <Changes changes={items} />}</Loaded>}
        <p className="soft small">{t('designer.belongs')}</p>
      </div>
    </Dialog>
  )
}

function Published({ survey, onClose }: { survey: SurveyRow; onClose: () => void }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const may = useMay()
  return (
    <Dialog title={t('designer.isOut', { n: survey.version })} onCancel={onClose} footer={<Button type="primary" onClick={() => void go(`/surveys/${survey.id}/results`)}>{t('designer.watch')}</Button>}>
      {may('send_surveys') && <OpenLink surveyId={survey.id} />}
    </Dialog>
  )
}
