import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../api/client.ts'
import type { Codebook } from '../../api/data.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import { Answer } from './Answer.tsx'
import { Choices } from '../../components/ask/Choices.tsx'
import { useExamples } from '../../components/ask/useExamples.ts'
import { Waiting } from '../../components/Waiting.tsx'
import type { AskedBack, Found, Refused } from './result.ts'

type Props = { ref: Ref<HTMLElement> | undefined; id: string; columns: Codebook['columns']; question: string; thread: string[]; newest: boolean; onAsk: (question: string) => void; onAnew: (question: string) => void }

/** A question of the thread and what came of it. */
export function Turn({ ref, id, columns, question, thread, newest, onAsk, onAnew }: Props) {
  const language = useLanguage()
  const of = [`/datasets/${id}/ask`, question, thread]
  const read = useQuery<Found, ApiError>({
    queryKey: of,
    queryFn: ({ signal }) => api.post<Found>(`/datasets/${id}/ask`, { question, thread }, signal),
    staleTime: 300_000,
  })
  return (
    <article ref={ref} className="ask-turn" aria-busy={read.isFetching}>
      <h2 className="ask-question">{question}</h2>
      <div className="panel stack" aria-live={newest ? 'polite' : 'off'}>
        {read.isError && <Alert type="warning" showIcon title={read.error.say(language)} />}
        {read.isPending && <Waiting read={read} of={of} dataset={id} rows={4} />}
        {read.data && <Outcome id={id} columns={columns} found={read.data} onAsk={onAsk} onAnew={onAnew} />}
      </div>
    </article>
  )
}

function Outcome({ id, columns, found, onAsk, onAnew }: Pick<Props, 'id' | 'columns' | 'onAsk' | 'onAnew'> & { found: Found }) {
  const { t } = useTranslation()
  const say = useSay()
  if (found.answer === 'query') return <Answer id={id} found={found} onAsk={onAsk} onAnew={onAnew} />
  if (found.answer === 'ask_back') return <Back id={id} columns={columns} found={found} onAsk={onAsk} />
  return <><p><span className="tag">{t('ask.refused')}</span> {say(found.text)}</p><Dropped found={found} /></>
}

/** Why the language model's answer was not used. */
function Dropped({ found }: { found: AskedBack | Refused }) {
  const say = useSay()
  return found.model ? <p className="small soft">{say(found.model)}</p> : null
}

/** What has to be said first, with answers to choose from. */
function Back({ id, columns, found, onAsk }: Pick<Props, 'id' | 'columns' | 'onAsk'> & { found: AskedBack }) {
  const { t } = useTranslation()
  const say = useSay()
  const examples = useExamples(id, columns)
  const usual: Record<string, string[]> = {
    period: [t('ask.periods.lastMonth'), t('ask.periods.threeMonths'), t('ask.periods.thisYear')],
    relative_or_absolute: [t('ask.points.absolute'), t('ask.points.relative')],
    what: examples,
  }
  const choices = found.options.length > 0 ? found.options : usual[found.reason] ?? []
  return (
    <>
      <p><span className="tag">{t('ask.back')}</span> {say(found.text)}</p>
      <Dropped found={found} />
      {choices.length > 0 && <Choices choices={choices} onAsk={onAsk} />}
    </>
  )
}
