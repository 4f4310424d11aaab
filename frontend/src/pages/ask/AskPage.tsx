import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Codebook } from '../../api/data.ts'
import { DatasetPage, WithColumns } from '../../components/DatasetPage.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { ADDRESS, LONGEST_THREAD } from './address.ts'
import { Choices } from '../../components/ask/Choices.tsx'
import { QuestionBox } from '../../components/ask/QuestionBox.tsx'
import { useExamples } from '../../components/ask/useExamples.ts'
import { Turn } from './Turn.tsx'
import './ask.css'

/** A question in one's own words; the thread of answers stands in the address. */
export function Page() {
  const { t } = useTranslation()
  return (
    <DatasetPage title={t('ask.title')} lead={t('ask.lead')} clears={ADDRESS}>
      {(id) => <WithColumns key={id} id={id}>{(columns) => <Thread id={id} columns={columns} />}</WithColumns>}
    </DatasetPage>
  )
}

function Thread({ id, columns }: { id: string; columns: Codebook['columns'] }) {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const questions = chosen.getAll('q').slice(0, LONGEST_THREAD)
  const ask = (question: string) => choose({ q: questions.length < LONGEST_THREAD ? [...questions, question] : [question] }, { replace: false })
  const last = useNewest(questions.length)
  return (
    <div className="stack ask-thread">
      {questions.length === 0 && <Begin id={id} columns={columns} onAsk={ask} />}
      {questions.map((question, at) => (
        <Turn key={`${String(at)} ${question}`} ref={at === questions.length - 1 ? last : undefined} id={id} columns={columns} question={question} thread={questions.slice(0, at)} newest={at === questions.length - 1} onAsk={ask} onAnew={(alone) => choose({ q: [alone] }, { replace: false })} />
      ))}
      <div className="ask-box panel">
        <QuestionBox follows={questions.length > 0} onAsk={ask} />
        {questions.length > 0 && <Button type="link" onClick={() => choose({ q: null }, { replace: false })}>{t('ask.anew')}</Button>}
      </div>
    </div>
  )
}

/** Bring the newest answer into view once there is a further one. */
function useNewest(count: number) {
  const last = useRef<HTMLElement>(null)
  const before = useRef(count)
  useEffect(() => {
    if (count > before.current) last.current?.scrollIntoView({ block: 'start', behavior: 'auto' })
    before.current = count
  }, [count])
  return last
}

function Begin({ id, columns, onAsk }: { id: string; columns: Codebook['columns']; onAsk: (question: string) => void }) {
  const { t } = useTranslation()
  const found = useExamples(id, columns)
  if (found.length === 0) return null
  return (
    <section className="panel stack tight" aria-labelledby="ask-examples">
      <h2 id="ask-examples">{t('ask.examples')}</h2>
      <Choices choices={found} onAsk={onAsk} />
    </section>
  )
}
