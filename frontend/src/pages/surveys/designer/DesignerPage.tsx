import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Alert, Button, Segmented } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useDeferredValue, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { api, type ApiError } from '../../../api/client.ts'
import { useRead } from '../../../api/hooks.tsx'
import type { Definition, Review, Survey } from '../../../api/surveys.ts'
import { useMay } from '../../../app/me.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { SurveyHead } from '../SurveyHead.tsx'
import { chosenAddress, readChosen, type Chosen } from './chosen.ts'
import './designer.css'
import { pageOf, questionOf } from './edit.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { Findings } from './Findings.tsx'
import { Outline } from './Outline.tsx'
import { PageForm } from './PageForm.tsx'
import { Preview } from './Preview.tsx'
import { Publish } from './Publish.tsx'
import { QuestionForm } from './QuestionForm.tsx'
import { SaveState } from './SaveState.tsx'
import { SurveyForm } from './SurveyForm.tsx'
import { useDraft } from './useDraft.ts'
import { Versions } from './Versions.tsx'

const TYPING_MS = 400
const NARROW = '(max-width: 760px)'
const UNDER_THE_BAR = 56

/** Ask so that the answer can be trusted: questions left, the real page right. */
export function Page() {
  const { id = '' } = useParams()
  const may = useMay()
  const read = useRead<Survey>(`/surveys/${id}`, undefined, { fresh: Infinity })
  const { refetch } = read
  const [round, setRound] = useState(0)
  const [ready, setReady] = useState(false)
  useEffect(() => { void refetch().then(() => setReady(true)) }, [refetch, round])
  const again = () => { setReady(false); setRound((n) => n + 1) }
  if (read.data && !ready) return null
  return <Loaded read={read} rows={10}>{(survey) => (may('edit_surveys') ? <Designer key={round} survey={survey} onReload={again} /> : <Shown survey={survey} />)}</Loaded>
}

/** What was chosen is seen from its beginning: below the outline, or beside it, which scrolls by itself. */
function bringIntoView() {
  const form = document.querySelector('.form-part')
  if (matchMedia(NARROW).matches) return form?.scrollIntoView()
  document.querySelector('.outline [aria-current]')?.scrollIntoView({ block: 'nearest' })
  if (form && form.getBoundingClientRect().top < UNDER_THE_BAR) form.scrollIntoView()
}

/** Who may not edit sees what is asked. */
function Shown({ survey }: { survey: Survey }) {
  return <><SurveyHead survey={survey} /><Preview definition={survey.draft} page={null} question={null} /><Versions survey={survey} /></>
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value])
  return useDeferredValue(settled)
}

const useReview = (draft: Definition) => useQuery<Review, ApiError>({
  queryKey: ['review', draft], queryFn: ({ signal }) => api.post<Review>('/surveys/review', { draft }, signal),
  placeholderData: keepPreviousData, staleTime: Infinity, gcTime: 10_000, retry: false,
})

function Designer({ survey, onReload }: { survey: Survey; onReload: () => void }) {
  const { t } = useTranslation()
  const editing = useDraft(survey)
  const { draft } = editing
  const settled = useSettled(draft)
  const review = useReview(settled)
  const [address, choose] = useAddress()
  const chosen = readChosen(address)
  const go = (next: Chosen) => choose(chosenAddress(next))
  useEffect(() => {
    if (chosen.question || chosen.page) bringIntoView()
  }, [chosen.question, chosen.page])
  const [part, setPart] = useState<'edit' | 'preview'>('edit')
  const question = chosen.question ? questionOf(draft, chosen.question) : undefined
  const page = chosen.page ? draft.pages.find(({ id }) => id === chosen.page) : undefined
  const shownPage = page ?? (question ? pageOf(settled, question.id) : undefined)
  const findings = review.data?.findings ?? []
  return (
    <>
      <SurveyHead
        survey={{ ...survey, name: editing.name || survey.name }}
        actions={<>
          <SaveState editing={editing} />
          <Button icon={<UndoOutlined />} aria-label={t('designer.undo')} title={t('designer.undo')} disabled={!editing.canUndo} onClick={editing.undo} />
          <Button icon={<RedoOutlined />} aria-label={t('designer.redo')} title={t('designer.redo')} disabled={!editing.canRedo} onClick={editing.redo} />
          <ExportMenu id={survey.id} save={editing.save} />
          <Publish survey={survey} editing={editing} findings={findings} />
        </>}
      />
      <Conflict editing={editing} onReload={onReload} />
      {review.data && (
        <details className="panel flush checks" open={findings.some(({ severity }) => severity === 'error') || undefined}>
          <summary><span className="row"><strong>{t('designer.checks', { n: findings.length })}</strong><span className="soft">{howLong(review.data.minutes, t)}</span></span></summary>
          {findings.length > 0 ? <Findings findings={findings} onGo={go} /> : <p className="soft all-well">{t('designer.allWell')}</p>}
        </details>
      )}
      <div className="only-narrow"><Segmented<'edit' | 'preview'> block value={part} onChange={setPart} options={(['edit', 'preview'] as const).map((value) => ({ value, label: t(`designer.${value}`) }))} /></div>
      <div className={`designer show-${part}`}>
        <Outline editing={editing} review={review.data} chosen={chosen} onChoose={go} />
        {question ? <QuestionForm key={question.id} question={question} editing={editing} review={review.data} />
          : page ? <PageForm key={page.id} page={page} editing={editing} review={review.data} /> : <SurveyForm editing={editing} review={review.data} surveyId={survey.id} />}
        <div className="designer-preview"><Preview definition={settled} page={shownPage && settled.pages.some(({ id }) => id === shownPage.id) ? shownPage.id : null} question={question?.id ?? null} /></div>
      </div>
      <Versions survey={survey} />
    </>
  )
}

function howLong({ shortest, longest }: Review['minutes'], t: TFunction): string {
  if (longest < 1) return t('designer.takesLess')
  return shortest === longest ? t('designer.takesOne', { longest }) : t('designer.takes', { shortest, longest })
}

function Conflict({ editing, onReload }: { editing: ReturnType<typeof useDraft>; onReload: () => void }) {
  const { t, i18n } = useTranslation()
  const { error, saving, name, draft } = editing
  if (!error) return null
  const said = error.say(i18n.language === 'en' ? 'en' : 'zh-CN')
  if (saving !== 'conflict') return <Alert className="spaced" type="warning" showIcon title={said} />
  const aside = async () => {
    const kept = await api.post<Survey>('/surveys', { name: t('surveys.copyOf', { name }).slice(0, 200), draft })
    window.open(`/surveys/${kept.id}`, '_blank', 'noopener')
  }
  return (
    <Alert
      className="spaced" type="warning" showIcon title={said} description={t('designer.conflictHow')}
      action={<span className="row"><Button size="small" onClick={() => void aside()}>{t('designer.keepMine')}</Button><Button size="small" type="primary" onClick={onReload}>{t('codebook.seeTheirs')}</Button></span>}
    />
  )
}
