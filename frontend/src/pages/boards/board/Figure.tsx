import { useLayoutEffect, useRef, useState, type MouseEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSay } from '../../../app/language.ts'
import { exploreAddress } from '../../../components/view/address.ts'
import { lowestOf } from '../../../components/option.ts'
import { cellName, type ViewAnswer } from '../../../components/view/answer.ts'
import { BesideTable } from '../../../components/view/BesideTable.tsx'
import { MarkedEvents, ViewChart } from '../../../components/view/ViewChart.tsx'
import { ViewTable } from '../../../components/view/ViewTable.tsx'
import { pixelsOf } from './layout.ts'
import { MarkCard, type Place } from './MarkCard.tsx'
import { pickName, pickOf, samePick, type Pick } from './picks.ts'

/** Which mark of a tile filters the others, and how that is changed. */
export type Picking = { pick: Pick | undefined; onPick: (pick: Pick) => void; onUnpick: () => void }

type Props = {
  tile: string
  answer: ViewAnswer
  /** How tall its tile is; null where it stands in a column, as tall as it likes. */
  rows: number | null
  still: boolean
} & Picking

/** Numbers in words already: no table beside them. */
const PLAIN: ReadonlySet<string> = new Set(['table', 'pivot', 'number'])

/** A figure with its finding and its numbers; from a mark the board is filtered, or one goes on in explore. */
export function Figure({ tile, answer, rows, still, pick, onPick, onUnpick }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const go = useNavigate()
  const place = useRef<Place>({ x: 0, y: 0 })
  const [marked, setMarked] = useState<{ at: number; place: Place } | null>(null)
  const explore = (more: Record<string, string>) => void go(exploreAddress(answer.view, more))
  const mark = { onMark: (at: number) => setMarked({ at, place: place.current }) }
  const box = useRef<HTMLDivElement>(null)
  const height = useRoom(box, rows, lowestOf(answer.chart, answer.option)) ?? Math.min(answer.height, TALLEST_ON_PHONE)
  const cells = answer.result.cells
  const cell = marked ? cells[marked.at] : undefined
  const own = cell && pickOf(tile, cell, answer)
  const chosen = pick && cells.flatMap((one, at) => { const found = pickOf(tile, one, answer); return found && samePick(found, pick) ? [at] : [] })
  const close = () => setMarked(null)
  return (
    <div ref={box} onClickCapture={(event) => { place.current = placeOf(event) }}>
      {answer.caption && <p className="soft small tile-caption">{answer.caption}</p>}
      <div className="tile-figure"><ViewChart answer={answer} height={height} chosen={chosen} brief {...(still ? {} : { ...mark, onWord: (word: string) => explore({ word }) })} /></div>
      <MarkedEvents answer={answer} brief />
      {!PLAIN.has(answer.chart) && (
        <details className="small">
          <summary>{t('figure.data')}</summary>
          {answer.beside && <BesideTable beside={answer.beside} label={answer.title} />}
          <MarkedEvents answer={answer} />
          <ViewTable answer={answer} brief {...(still ? {} : mark)} />
        </details>
      )}
      {marked && cell && (
        <MarkCard
          place={marked.place} title={cellName(cell, answer, t, say)} cell={cell} name={own ? pickName(cell, answer, t) : null} chosen={own ? samePick(own, pick) : false}
          onPick={() => { close(); if (own && samePick(own, pick)) onUnpick(); else if (own) onPick(own) }} onExplore={() => explore({ mark: String(marked.at) })} onClose={close}
        />
      )}
    </div>
  )
}

const TALLEST_ON_PHONE = 460
/** Heights come in parts of a pixel, and are read whole. */
const SLACK = 2

/** The height that a tile of so many rows leaves to its figure: less its head and notes, the finding, the way to its numbers. */
function useRoom(box: RefObject<HTMLElement | null>, rows: number | null, lowest: number): number | null {
  const [room, setRoom] = useState<number | null>(rows === null ? null : lowest)
  useLayoutEffect(() => {
    const whole = box.current
    if (rows === null || !whole) { setRoom(null); return }
    const measure = () => setRoom(Math.max(pixelsOf(rows) - around(whole), lowest))
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(whole)
    const body = whole.closest('.tile-body')
    if (body) watcher.observe(body) // a note below it takes room when it comes
    return () => watcher.disconnect()
  }, [rows, lowest])
  return room
}

/** What of a tile is not its figure; numbers that are unfolded count as folded. */
function around(whole: HTMLElement): number {
  const [tile, body] = [whole.closest<HTMLElement>('.board-tile'), whole.closest<HTMLElement>('.tile-body')]
  const beside = [...whole.children].filter((one) => !one.classList.contains('tile-figure')).map((one) => (one.querySelector('summary') ?? one) as HTMLElement)
  const margins = beside.reduce((sum, one) => sum + one.offsetHeight + Number.parseFloat(getComputedStyle(one).marginBottom), 0)
  return (tile?.offsetHeight ?? 0) - (body?.offsetHeight ?? 0) + Math.ceil(margins) + SLACK
}

/** Where the pointer was; by keyboard, where the button stands. */
function placeOf({ detail, clientX, clientY, target }: MouseEvent): Place {
  if (detail > 0) return { x: clientX, y: clientY }
  const { left, bottom, width } = (target as Element).getBoundingClientRect()
  return { x: left + width / 2, y: bottom }
}
