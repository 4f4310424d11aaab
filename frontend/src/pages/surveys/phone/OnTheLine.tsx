import { Button, Checkbox, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, CallOutcome } from '../../../api/calls.ts'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'

type Props = { surveyId: string; call: Call; onEnd: () => void }

/** The questions in a frame, and what else may become of the call. */
export function OnTheLine({ surveyId, call, onEnd }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { frame, state, height } = useFrame()
  const over = state === 'done' || state === 'no'
  return (
    <div className="on-the-line">
      <section className="panel" aria-label={t('phone.questions')}>
        <iframe ref={frame} title={t('phone.questions')} src={`${call.path}?lang=${language}`} style={{ height }} onLoad={(event) => event.currentTarget.contentWindow?.postMessage({ huiyin: 'hello' }, window.location.origin)} />
      </section>
      <section className="panel stack tight" aria-label={t('phone.result')}>
        <h2>{t('phone.result')}</h2>
        {over ? <p role="status">{t(state === 'done' ? 'phone.kept' : 'phone.notKept')}</p> : call.id && <Outcome surveyId={surveyId} id={call.id} onEnd={onEnd} />}
        <div><Button type={over ? 'primary' : 'default'} onClick={onEnd}>{t(over ? 'phone.next' : 'phone.leave')}</Button></div>
      </section>
    </div>
  )
}

/** What the page in the frame says of itself; nobody else is listened to. */
function useFrame() {
  const frame = useRef<HTMLIFrameElement>(null)
  const [state, setState] = useState('')
  const [height, setHeight] = useState(480)
  useEffect(() => {
    const hear = (event: MessageEvent<{ huiyin?: string; height?: number }>) => {
      if (event.origin !== window.location.origin || event.source !== frame.current?.contentWindow) return
      const { huiyin, height: asked } = event.data
      if (huiyin && ['ask', 'done', 'no'].includes(huiyin)) setState(huiyin)
      if (asked) setHeight(asked)
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [])
  return { frame, state, height }
}

function Outcome({ surveyId, id, onEnd }: { surveyId: string; id: string; onEnd: () => void }) {
  const { t } = useTranslation()
  const [at, setAt] = useState('')
  const [never, setNever] = useState(false)
  const note = useWrite(
    (outcome: CallOutcome) => api.post(`/surveys/${surveyId}/calls/${id}/outcome`, { outcome, never: outcome === 'refused' && never, call_at: outcome === 'later' && at ? new Date(at).toISOString() : null }),
    { refresh: [`/surveys/${surveyId}/calls`], done: t('common.saved'), after: onEnd },
  )
  const press = (outcome: CallOutcome) => <Button loading={note.isPending} onClick={() => note.mutate(outcome)}>{t(`phone.outcomes.${outcome}`)}</Button>
  return (
    <>
      <div>{press('no_answer')}</div>
      <div className="row"><Input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} aria-label={t('phone.callAt')} className="call-at" />{press('later')}</div>
      <div className="row">{press('refused')}<Checkbox checked={never} onChange={(event) => setNever(event.target.checked)}>{t('phone.never')}</Checkbox></div>
    </>
  )
}
