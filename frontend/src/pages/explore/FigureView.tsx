import type { EChartsType } from 'echarts/core'
import { CloseOutlined, FileImageOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Downloads } from '../../components/Downloads.tsx'
import { count, number, ownInterval, share } from '../../components/format.ts'
import { savePicture } from '../../components/picture.ts'
import { FIRST_ANSWER, type ViewAnswer } from '../../components/view/answer.ts'
import { BesideTable } from '../../components/view/BesideTable.tsx'
import { ViewChart } from '../../components/view/ViewChart.tsx'
import { ViewTable } from '../../components/view/ViewTable.tsx'
import type { Cell } from '../../components/cells.ts'
import { Behind } from './Behind.tsx'

type Props = { answer: ViewAnswer; onMark: (cell: number) => void }

/** The figure with its finding; its picture, its data and what it stands on can be taken along. */
export function FigureView({ answer, onMark }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const drawn = useRef<EChartsType | null>(null)
  const ready = useCallback((chart: EChartsType) => { drawn.current = chart }, [])
  const take = async () => {
    if (drawn.current && (await savePicture(drawn.current, { name: 'huiyin', title: answer.title, caption: answer.caption }))) message.success(t('common.copied'))
  }
  const [word, setWord] = useState<{ said: string; answer: ViewAnswer } | null>(null)
  const [first] = answer.result.cells
  const opened = word?.answer === answer ? word.said : null
  const plain = answer.chart !== 'table' && answer.chart !== 'number'
  return (
    <figure className="explore-figure" style={{ margin: 0 }}>
      <figcaption><h2>{answer.title}</h2><p className="finding">{answer.caption}</p></figcaption>
      <ViewChart answer={answer} onMark={onMark} onReady={ready} onWord={(said) => setWord({ said, answer })} told />
      {opened && first && <WordCard key={opened} answer={answer} cell={first} word={opened} onClose={() => setWord(null)} />}
      <div className="row">
        <CopyButton type="text" size="small" words={() => tabbed(answer)}>{t('figure.copyData')}</CopyButton>
        {answer.option && !answer.words && <Button type="text" size="small" icon={<FileImageOutlined />} onClick={() => void take()}>{t('figure.copyPicture')}</Button>}
        <Downloads path={`/datasets/${answer.view.dataset}/query`} body={asked(answer)} name="query" />
      </div>
      {plain && <details open={answer.words !== null}><summary className="small">{t('figure.data')}</summary>{answer.beside && <BesideTable beside={answer.beside} label={answer.title} />}<ViewTable answer={answer} onMark={onMark} /></details>}
      <Stands answer={answer} />
    </figure>
  )
}

type WordProps = { answer: ViewAnswer; cell: Cell; word: string; onClose: () => void }

/** The answers in which a word of the cloud is written. */
function WordCard({ answer, cell, word, onClose }: WordProps) {
  const { t } = useTranslation()
  return (
    <section className="mark-card panel" aria-label={t('explore.withWord', { word })}>
      <div className="row far nowrap">
        <h3>{t('explore.withWord', { word })}</h3>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('common.close')} onClick={onClose} />
      </div>
      <Behind answer={answer} cell={cell} word={word} />
    </section>
  )
}

/** A target is no side of the question: files are asked for without it, and for cohorts by the first answer. */
function asked(answer: ViewAnswer): object {
  const { compare, ...given } = answer.query
  const query = answer.chart === 'cohort' ? { ...given, by: [FIRST_ANSWER] } : given
  return compare === 'target' ? query : { compare, ...query }
}

/** What the numbers stand on: rows, what was left out, what each metric means. */
function Stands({ answer }: { answer: ViewAnswer }) {
  const { t } = useTranslation()
  const say = useSay()
  const { data, query, definition, notes } = answer.result
  const left = Object.entries(data.excluded).filter(([, n]) => n > 0)
  return (
    <details className="small soft">
      <summary>{t('query.used', { used: count(data.used), rows: count(data.rows), level: share(query.level, 0) })}</summary>
      {left.length > 0 && <p>{t('query.left', { rules: left.map(([rule, n]) => `${t(`rule.${rule}`, { defaultValue: rule })} ${count(n)}`).join(t('common.list')) })}</p>}
      {definition.map((one) => <p key={one.metric}><b>{say(one.label)}</b> {say(one.formula)} {one.notes.map((note) => say(note)).join(' ')}</p>)}
      {notes.map((note) => <p key={say(note)}>{say(note)}</p>)}
      <p className="tiny">{t('query.snapshot', { snapshot: data.snapshot })}</p>
    </details>
  )
}

const safe = (words: string): string => (/^[=@]|^[+-][^\d]/.test(words) ? `'${words}` : words)

function tabbed({ result }: ViewAnswer): string {
  const keys = [...new Set(result.cells.flatMap(({ by }) => Object.keys(by)))]
  const rows = result.cells.map((cell) => [
    ...keys.map((key) => safe(cell.by[key] ?? '')), cell.metric, number(cell.estimate, cell.unit), ownInterval(cell), String(cell.n), cell.comparison?.call ?? '',
  ])
  return [[...keys, 'metric', 'estimate', 'interval', 'n', 'call'], ...rows].map((row) => row.join('\t')).join('\n')
}
