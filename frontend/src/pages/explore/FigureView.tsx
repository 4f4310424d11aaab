import type { EChartsType } from 'echarts/core'
import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSay } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { count, share } from '../../components/format.ts'
import type { ViewAnswer } from '../../components/view/answer.ts'
import { BesideTable } from '../../components/view/BesideTable.tsx'
import { ViewChart } from '../../components/view/ViewChart.tsx'
import { ViewTable } from '../../components/view/ViewTable.tsx'
import { whyAddress } from '../../components/view/address.ts'
import type { Cell } from '../../components/cells.ts'
import { uncomparedFor } from '../../components/question/result.ts'
import { Behind } from './Behind.tsx'
import { CustomersBehind } from './CustomersBehind.tsx'
import { TakeAlong } from './TakeAlong.tsx'

type Props = { answer: ViewAnswer; word: string | null; onMark: (cell: number) => void }

/** The figure with its finding; its picture, its data and what it stands on can be taken along. */
export function FigureView({ answer, word: asked, onMark }: Props) {
  const { t } = useTranslation()
  const drawn = useRef<EChartsType | null>(null)
  const ready = useCallback((chart: EChartsType) => { drawn.current = chart }, [])
  const [word, setWord] = useState(asked === null ? null : { said: asked, answer })
  const [first] = answer.result.cells
  const [unmarked, setUnmarked] = useState<ViewAnswer | null>(null)
  const opened = word?.answer === answer ? word.said : null
  const plain = answer.chart !== 'table' && answer.chart !== 'number'
  return (
    <figure className="explore-figure" style={{ margin: 0 }}>
      <figcaption><h2 tabIndex={-1} title={Object.values(answer.asked).join('\n') || undefined}>{answer.title}</h2><p className="finding">{answer.caption}</p></figcaption>
      <ViewChart answer={answer} onMark={(cell) => { setUnmarked(null); onMark(cell) }} onNoMark={() => setUnmarked(answer)} onReady={ready} onWord={(said) => setWord({ said, answer })} told />
      {opened && first && <WordCard key={opened} answer={answer} cell={first} word={opened} onClose={() => setWord(null)} />}
      {unmarked === answer && <p className="soft small" role="status">◌ {t('explore.noMark')}</p>}
      <Uncompared answer={answer} />
      <ToWhy answer={answer} />
      <TakeAlong answer={answer} drawn={drawn} />
      {plain && <details open={answer.words !== null}><summary className="small">{t('figure.data')}</summary>{answer.beside && <BesideTable beside={answer.beside} label={answer.title} />}<ViewTable answer={answer} onMark={onMark} /></details>}
      <Stands answer={answer} />
    </figure>
  )
}

/** A comparison that was asked for and cannot be given says why. */
function Uncompared({ answer }: { answer: ViewAnswer }) {
  const { t } = useTranslation()
  const untold = answer.query.compare === 'target' && answer.judged.length === 0
  const why = untold ? 'explore.noTarget' : uncomparedFor(answer.result)
  return why && <p className="soft small">◌ {t(why)}</p>
}

/** One step from what changed, or from a gap to a competitor, to where it sits. */
function ToWhy({ answer }: { answer: ViewAnswer }) {
  const { t } = useTranslation()
  const why = whyAddress(answer)
  return why && <p className="small"><Link to={why.to}>{t(why.gap ? 'why.gap.title' : 'why.title')}</Link></p>
}

type WordProps = { answer: ViewAnswer; cell: Cell; word: string; onClose: () => void }

/** The answers in which a word of the cloud is written, and who wrote them. */
function WordCard({ answer, cell, word, onClose }: WordProps) {
  const { t } = useTranslation()
  const may = useMay()
  const [listing, list] = useState(false)
  return (
    <section className="mark-card panel" aria-label={t('explore.withWord', { word })}>
      <div className="row far nowrap">
        <h3>{t('explore.withWord', { word })}</h3>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('common.close')} onClick={onClose} />
      </div>
      {may('see_customers') && <div className="row"><Button size="small" aria-expanded={listing} onClick={() => list(!listing)}>{t('explore.customers')}</Button></div>}
      {listing ? <CustomersBehind answer={answer} cell={cell} word={word} /> : <Behind answer={answer} cell={cell} word={word} />}
    </section>
  )
}

/** What the numbers stand on: rows, what was left out, what each metric means. */
function Stands({ answer }: { answer: ViewAnswer }) {
  const { t } = useTranslation()
  const say = useSay()
  const { data, query, definition, notes } = answer.result
  const left = Object.entries(data.excluded).filter(([, n]) => n > 0)
  return (
    <details className="small soft">
      <summary>{t(data.used === null ? 'query.usedUntold' : 'query.used', { used: count(data.used), rows: count(data.rows), level: share(query.level, 0) })}</summary>
      {left.length > 0 && <p>{t('query.left', { rules: left.map(([rule, n]) => `${t(`rule.${rule}`, { defaultValue: rule })} ${count(n)}`).join(t('common.list')) })}</p>}
      {definition.map((one) => <p key={one.metric}><b>{say(one.label)}</b> {say(one.formula)} {one.notes.map((note) => say(note)).join(' ')}</p>)}
      {notes.map((note) => <p key={say(note)}>{say(note)}</p>)}
      <p className="tiny">{t('query.snapshot', { snapshot: data.snapshot })}</p>
    </details>
  )
}
