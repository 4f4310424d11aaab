import { Alert, Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import type { MessagePreview, Plan } from '../../../api/sending.ts'
import { useLanguage, useSay } from '../../../app/language.ts'

type Props = { surveyId: string; plan: () => Plan | null }

/** The message as one customer would get it; nothing is sent, and its links lead nowhere. */
export function MessageLook({ surveyId, plan }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [customer, setCustomer] = useState('')
  const [reminder, setReminder] = useState(false)
  const ask = useWrite((given: Plan) => api.post<MessagePreview>(`/surveys/${surveyId}/message`, { plan: given, customer: customer.trim() || null, reminder }), { quiet: true })
  const press = () => { const given = plan(); if (given) ask.mutate(given) }
  return (
    <section className="look stack tight" aria-label={t('sending.look')} aria-live="polite">
      <div className="row">
        <Input style={{ width: 232 }} maxLength={200} value={customer} onChange={(e) => setCustomer(e.target.value)} placeholder={t('sending.lookWho')} aria-label={t('sending.lookWho')} />
        <Checkbox checked={reminder} onChange={(e) => setReminder(e.target.checked)}>{t('sending.lookReminder')}</Checkbox>
        <Button loading={ask.isPending} onClick={press}>{t('sending.look')}</Button>
      </div>
      {ask.error && <Alert type="error" showIcon title={ask.error.say(language)} />}
      {ask.data && <Shown found={ask.data} />}
    </section>
  )
}

/** Scripts, forms and links of the mail can do nothing: the frame is shut off. */
function Shown({ found }: { found: MessagePreview }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <>
      {found.reason && <Alert type="warning" showIcon title={t('sending.lookNothing', { why: say(found.reason) })} />}
      <dl className="letter-head">
        <dt>{t('sending.lookTo')}</dt><dd>{found.to || '—'}</dd>
        {found.subject !== null && <><dt>{t('sending.lookFrom')}</dt><dd>{found.sender ?? t('sending.lookNoServer')}</dd><dt>{t('sending.subject')}</dt><dd><strong>{found.subject}</strong></dd></>}
      </dl>
      {found.html !== null && <iframe className="letter" title={t('sending.look')} sandbox="" srcDoc={found.html} />}
      {found.html === null ? <pre className="letter-text">{found.text}</pre> : <details><summary>{t('sending.lookPlain')}</summary><pre className="letter-text">{found.text}</pre></details>}
    </>
  )
}
