import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Alert, Button, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Codebook } from '../../api/data.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { DataEnds } from '../../components/DataEnds.tsx'
import { isEmpty } from '../../components/ending.ts'
import { DatasetPicker, useDataset } from '../../components/DatasetPicker.tsx'
import { WithColumns } from '../../components/DatasetPage.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { namesOf } from '../../components/measures.ts'
import { NeedsDataset } from '../../components/NeedsDataset.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { Restated } from '../../components/Restated.tsx'
import type { ViewAnswer } from '../../components/view/answer.ts'
import { useView, useViewKey } from '../../components/view/useView.ts'
import { Calls } from './Calls.tsx'
import { ChartChoice } from './ChartChoice.tsx'
import { ADDRESS, changed, drawnAddress, readDrawn, viewOf, type Drawn } from './drawn.ts'
import { fieldsOf } from './fields.ts'
import { FigureView } from './FigureView.tsx'
import { MarkCard } from './MarkCard.tsx'
import { SavedViews } from './SavedViews.tsx'
import { SaveView } from './SaveView.tsx'
import { Shelves } from './Shelves.tsx'
import { ToBoard } from './ToBoard.tsx'
import { askedOf } from './taken.ts'
import { useSteps } from '../../components/useSteps.ts'
import './explore.css'

/** Any number by anything, drawn as one likes: what is asked on the left, the figure, what can be said of it on the right. */
export function Page() {
  const { t } = useTranslation()
  const picked = useDataset()
  return (
    <>
      <PageHead
        title={t('explore.title')} lead={t('explore.lead')}
        actions={<><SavedViews /><DatasetPicker {...picked} clears={[...ADDRESS, ...Object.keys(UNMARKED), 'saved']} /><CopyButton words={() => location.href}>{t('common.copyLink')}</CopyButton></>}
      />
      <NeedsDataset picked={picked}>
        {(id) => <WithColumns key={id} id={id}>{(columns, operations) => <Exploring id={id} columns={columns} operations={operations} />}</WithColumns>}
      </NeedsDataset>
    </>
  )
}

/** What was opened by its address: a mark, or a word of a cloud; any change closes it. */
const UNMARKED = { mark: null, word: null }

type ExploringProps = { id: string } & Pick<Codebook, 'columns' | 'operations'>

function Exploring({ id, columns, operations }: ExploringProps) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const steps = useSteps()
  const names = useMemo(() => namesOf(columns), [columns])
  const drawn = useMemo(() => readDrawn(steps.chosen, names), [steps.chosen, names])
  const fields = useMemo(() => fieldsOf(columns, operations, drawn.metrics, t, say), [columns, operations, drawn.metrics, t, language])
  const view = useMemo(() => (drawn.metrics.length > 0 ? viewOf(id, drawn) : null), [id, drawn])
  const change = (part: Partial<Drawn>) => steps.change({ ...drawnAddress(changed(drawn, part)), ...UNMARKED })
  const begin = fields.find(({ kind }) => kind === 'metric')
  return (
    <div className="exploring">
      <Shelves id={id} columns={columns} fields={fields} drawn={drawn} onChange={change} />
      <Answered
        view={view} opened={steps.chosen} columns={columns} operations={operations} drawn={drawn} onChange={change}
        tools={<Tools steps={steps} save={view && <><ToBoard view={view} /><SaveView view={view} saved={steps.chosen.get('saved')} /></>} />}
        empty={<EmptyState title={t('explore.empty')} how={t('explore.emptyHow')}>{begin && <Button type="primary" onClick={() => change({ metrics: [begin.value] })}>{t('explore.put', { name: begin.label })}</Button>}</EmptyState>}
      />
    </div>
  )
}

type ToolsProps = { steps: ReturnType<typeof useSteps>; save: React.ReactNode }

function Tools({ steps, save }: ToolsProps) {
  const { t } = useTranslation()
  return (
    <div className="explore-tools">
      <Tooltip title="Ctrl+Z"><Button type="text" size="small" icon={<UndoOutlined />} disabled={!steps.canUndo} onClick={steps.undo}>{t('explore.undo')}</Button></Tooltip>
      <Tooltip title="Ctrl+Shift+Z"><Button type="text" size="small" icon={<RedoOutlined />} disabled={!steps.canRedo} onClick={steps.redo}>{t('explore.redo')}</Button></Tooltip>
      <span className="gap" />
      {save}
    </div>
  )
}

/** The mark that had the focus is gone: who works by keys goes on from the figure's title. */
const toFigure = () => requestAnimationFrame(() => document.querySelector<HTMLElement>('.explore-figure h2')?.focus({ preventScroll: true }))

type AnsweredProps = {
  view: ReturnType<typeof viewOf> | null
  opened: URLSearchParams
  columns: Codebook['columns']
  operations: Codebook['operations']
  drawn: Drawn
  onChange: (part: Partial<Drawn>) => void
  tools: React.ReactNode
  empty: React.ReactNode
}

function Answered({ view, opened, columns, operations, drawn, onChange, tools, empty }: AnsweredProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const read = useView(view)
  const of = useViewKey(view)
  const [marked, mark] = useState<{ place: number; answer: ViewAnswer } | 'address' | null>('address')
  const asked = opened.get('mark')
  if (view === null) return <div className="centre panel">{tools}{empty}</div>
  if (read.isError) {
    return (
      <div className="centre panel">
        {tools}
        <Alert type="warning" showIcon title={read.error.say(language)} action={drawn.chart && <Button size="small" onClick={() => onChange({ chart: null })}>{t('explore.drawBest')}</Button>} />
      </div>
    )
  }
  const place = marked === 'address' ? (asked === null ? null : Number(asked)) : marked && marked.answer === read.data ? marked.place : null
  return (
    <>
      <div className="centre" aria-busy={read.isFetching}>
        <div className="panel stack">
          {tools}
          <Loaded read={read} rows={10} asked={{ dataset: view.dataset, of }}>{(answer) => (
            <>
              <ChartChoice answer={answer} drawn={drawn} onChange={onChange} />
              <DataEnds ends={answer.result.data.ends} empty={isEmpty(answer.result.cells)} onShow={(days) => onChange({ period: null, ...days })} />
              <FigureView answer={answer} word={opened.get('word')} onMark={(cell) => mark({ place: cell, answer })} />
            </>
          )}</Loaded>
        </div>
        {read.data && place !== null && <MarkCard key={place} answer={read.data} place={place} columns={columns} operations={operations} drawn={drawn} onChange={(part) => { mark(null); onChange(part); toFigure() }} onClose={() => mark(null)} />}
        {read.data && <Restated id={read.data.view.dataset} asked={askedOf(read.data)} names={read.data.names} />}
      </div>
      {read.data && <Calls answer={read.data} marked={place} onMark={(cell) => { if (read.data) mark({ place: cell, answer: read.data }) }} />}
    </>
  )
}
