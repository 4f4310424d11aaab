import { ArrowRightOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Definition, Ending, Jump, Review, SurveyPage } from '../../../api/surveys.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { inWords } from '../tongues.ts'
import { ConditionForm } from './ConditionForm.tsx'
import { before, firstTest } from './conditions.ts'
import { setPage } from './edit.ts'
import { Findings } from './Findings.tsx'
import type { Editing } from './useDraft.ts'
import { WordsInput } from './WordsInput.tsx'

type Props = { page: SurveyPage; editing: Editing; review: Review | undefined }

/** One page: its title, when it is shown, where it leads. */
export function PageForm({ page, editing: { draft, change }, review }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const languages = draft.languages ?? ['zh-CN']
  const said = review?.sentences.pages[page.id]
  const jumps = page.jumps ?? []
  const set = (part: Partial<SurveyPage>, what = '') => change((one) => setPage(one, page.id, part), what && `${what}:${page.id}`)
  const number = draft.pages.indexOf(page) + 1
  const last = before(draft, { after: page.id }).at(-1)
  return (
    <section className="panel stack form-part" aria-label={t('designer.pageN', { n: number })}>
      <h2>{t('designer.pageN', { n: number })}</h2>
      <Findings findings={(review?.findings ?? []).filter((one) => one.page === page.id && !one.question)} />
      <WordsInput label={t('designer.pageTitle')} words={page.title} languages={languages} fields={draft.fields ?? []} onChange={(title) => set({ title }, 'title')} />
      <label className="row"><Switch size="small" checked={page.random_order ?? false} onChange={(random_order) => set({ random_order })} />{t('designer.randomQuestions')}</label>
      <ConditionForm label={t('designer.pageShowIf')} draft={draft} condition={page.show_if} place={{ page: page.id }} sentence={said?.show} onChange={(show_if) => set({ show_if })} />
      <div className="stack tight" role="group" aria-label={t('designer.jumps')}>
        <h3>{t('designer.jumps')}</h3>
        {jumps.map((jump, at) => (
          <div key={at} className="jump stack tight">
            {said?.jumps[at] && <p className="sentence">{say(said.jumps[at])}</p>}
            <ConditionForm label={t('designer.jumpWhen')} draft={draft} condition={jump.when} place={{ after: page.id }} onChange={(when) => set({ jumps: jumps.with(at, { ...jump, when }) })} />
            <div className="row"><Aim draft={draft} page={page} jump={jump} onChange={(next) => set({ jumps: jumps.with(at, next) })} /><Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => set({ jumps: jumps.toSpliced(at, 1) })} /></div>
          </div>
        ))}
        <div><Button size="small" icon={<PlusOutlined />} onClick={() => set({ jumps: [...jumps, { when: last ? firstTest(last) : null, end: 'complete' }] })}>{t('designer.addJump')}</Button></div>
      </div>
    </section>
  )
}

const END = 'end:'

function Aim({ draft, page, jump, onChange }: { draft: Definition; page: SurveyPage; jump: Jump; onChange: (jump: Jump) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const later = draft.pages.slice(draft.pages.indexOf(page) + 1)
  const options = [
    ...later.map((one) => ({ value: one.id, label: `${t('designer.pageN', { n: draft.pages.indexOf(one) + 1 })} ${inWords(one.title, language)}` })),
    ...(['complete', 'screened_out'] as const).map((end) => ({ value: END + end, label: t(`designer.ends.${end}`) })),
  ]
  const choose = (aim: string) => onChange({ when: jump.when ?? null, ...(aim.startsWith(END) ? { end: aim.slice(END.length) as Ending } : { to: aim }) })
  return <><ArrowRightOutlined aria-hidden /><Select aria-label={t('designer.aim')} size="small" value={jump.to ?? END + (jump.end ?? 'complete')} options={options} onChange={choose} popupMatchSelectWidth={false} /></>
}
