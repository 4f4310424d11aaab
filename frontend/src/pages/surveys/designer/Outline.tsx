import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, HolderOutlined, PlusOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { KINDS, type Finding, type Kind, type Question, type Review, type SurveyPage } from '../../../api/surveys.ts'
import { useUndoToast } from '../../../api/hooks.tsx'
import { useLanguage, useSay } from '../../../app/language.ts'
import { inWords } from '../tongues.ts'
import { duplicate, insert, move, newPage, newQuestion, pageOf, questionOf, removePage, removeQuestion, step, stepPage } from './edit.ts'
import type { Chosen } from './chosen.ts'
import type { Editing } from './useDraft.ts'
import { useFirstWords } from './useFirstWords.ts'

type Props = { editing: Editing; review: Review | undefined; chosen: Chosen; onChoose: (chosen: Chosen) => void }
type At = { page: string; at: number }

const DRAGGED = 'application/x-huiyin-question'

/** Pages and their questions; moved by dragging, or by the buttons of what is chosen. */
export function Outline(props: Props) {
  const { editing, onChoose, chosen } = props
  const { t } = useTranslation()
  const { draft, change } = editing
  const addPage = () => {
    const page = newPage(draft)
    change((one) => ({ ...one, pages: [...one.pages, page] }))
    onChoose({ page: page.id })
  }
  return (
    <nav className="outline panel" aria-label={t('designer.outline')}>
      <button type="button" className="outline-item" aria-current={chosen.whole || undefined} onClick={() => onChoose({ whole: true })}><SettingOutlined aria-hidden /> {t('designer.whole')}</button>
      {draft.pages.map((page, number) => <PagePart key={page.id} {...props} page={page} number={number + 1} />)}
      <Button block icon={<PlusOutlined />} onClick={addPage}>{t('designer.addPage')}</Button>
    </nav>
  )
}

function PagePart({ editing, review, chosen, onChoose, page, number }: Props & { page: SurveyPage; number: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const say = useSay()
  const firstWords = useFirstWords()
  const [over, setOver] = useState<number | null>(null)
  const { draft, change } = editing
  const said = review?.sentences.pages[page.id]
  const add = (kind: Kind) => {
    const at = chosen.question ? page.questions.findIndex(({ id }) => id === chosen.question) + 1 || page.questions.length : page.questions.length
    const question = newQuestion(kind, draft, firstWords, draft.languages ?? ['zh-CN'])
    change((one) => insert(one, page.id, question, at))
    onChoose({ question: question.id })
  }
  const drop = (event: DragEvent, to: At) => {
    event.preventDefault()
    setOver(null)
    const id = event.dataTransfer.getData(DRAGGED)
    if (!id) return
    change((one) => {
      const from = pageOf(one, id)
      const place = from?.questions.findIndex((question) => question.id === id) ?? -1
      return move(one, id, to.page, from?.id === to.page && place < to.at ? to.at - 1 : to.at)
    })
  }
  const dropping = (at: number) => ({
    onDragOver: (event: DragEvent) => { event.preventDefault(); event.stopPropagation(); setOver(at) },
    onDragLeave: () => setOver(null),
    onDrop: (event: DragEvent) => { event.stopPropagation(); drop(event, { page: page.id, at }) },
  })
  const kinds = KINDS.map((kind) => ({ key: kind, label: t(`questionKind.${kind}`), onClick: () => add(kind) }))
  return (
    <section aria-label={t('designer.pageN', { n: number })}>
      <div className="row nowrap outline-page">
        <button type="button" className="outline-item" aria-current={chosen.page === page.id || undefined} onClick={() => onChoose({ page: page.id })}>
          {t('designer.pageN', { n: number })} {inWords(page.title, language)}
          {[said?.show, ...(said?.jumps ?? [])].map((one, at) => one && <span key={at} className="tiny soft rule-line">{say(one)}</span>)}
        </button>
        {chosen.page === page.id && <PageTools editing={editing} page={page} onChoose={onChoose} />}
      </div>
      <ol {...dropping(page.questions.length)}>
        {page.questions.map((question, at) => (
          <li key={question.id} className={over === at ? 'over' : ''} {...dropping(at)}>
            <Item question={question} editing={editing} chosen={chosen.question === question.id} findings={(review?.findings ?? []).filter((one) => one.question === question.id)} sentence={say(review?.sentences.questions[question.id])} onChoose={onChoose} />
          </li>
        ))}
      </ol>
      <Dropdown menu={{ items: kinds }} trigger={['click']}><Button size="small" type="text" icon={<PlusOutlined />}>{t('designer.addQuestion')}<span className="hidden">{t('designer.pageN', { n: number })}</span></Button></Dropdown>
    </section>
  )
}

function PageTools({ editing: { draft, change, undo }, page, onChoose }: { editing: Editing; page: SurveyPage; onChoose: Props['onChoose'] }) {
  const { t } = useTranslation()
  const toast = useUndoToast()
  const remove = () => {
    change((one) => removePage(one, page.id))
    onChoose({ whole: true })
    toast(t('designer.pageRemoved', { n: page.questions.length }), () => { undo(); return undefined })
  }
  return (
    <span className="row nowrap tools">
      <Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={t('designer.up')} onClick={() => change((one) => stepPage(one, page.id, -1))} />
      <Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={t('designer.down')} onClick={() => change((one) => stepPage(one, page.id, 1))} />
      <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} disabled={draft.pages.length === 1} onClick={remove} />
    </span>
  )
}

type ItemProps = { question: Question; editing: Editing; chosen: boolean; findings: Finding[]; sentence: string; onChoose: Props['onChoose'] }

function Item({ question, editing, chosen, findings, sentence, onChoose }: ItemProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { draft, change, undo } = editing
  const toast = useUndoToast()
  const bad = findings.some(({ severity }) => severity === 'error')
  const remove = () => {
    const title = inWords(questionOf(draft, question.id)?.title, language)
    change((one) => removeQuestion(one, question.id))
    onChoose({ page: pageOf(draft, question.id)?.id ?? '' })
    toast(t('designer.removed', { title }), () => { undo(); return undefined })
  }
  const copy = () => {
    const [next, id] = duplicate(draft, question.id)
    change(() => next)
    onChoose({ question: id })
  }
  return (
    <div className="row nowrap" draggable onDragStart={(event) => { event.dataTransfer.setData(DRAGGED, question.id); event.dataTransfer.effectAllowed = 'move' }}>
      <HolderOutlined aria-hidden className="grip" />
      <button type="button" className="outline-item" aria-current={chosen || undefined} onClick={() => onChoose({ question: question.id })}>
        <span className="tiny soft">{t(`questionKind.${question.kind}`)}{question.required ? ` · ${t('designer.required')}` : ''}{findings.length > 0 && <span className={bad ? 'mark bad' : 'mark doubt'}>{bad ? '✕' : '!'} {findings.length}</span>}</span>
        <span className="outline-title">{inWords(question.title, language) || t('designer.untitled')}</span>
        {sentence && <span className="tiny soft rule-line">{sentence}</span>}
      </button>
      {chosen && (
        <span className="tools">
          <Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={t('designer.up')} onClick={() => change((one) => step(one, question.id, -1))} />
          <Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={t('designer.down')} onClick={() => change((one) => step(one, question.id, 1))} />
          <Button size="small" type="text" icon={<CopyOutlined />} aria-label={t('surveys.duplicate')} onClick={copy} />
          <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={remove} />
        </span>
      )}
    </div>
  )
}
