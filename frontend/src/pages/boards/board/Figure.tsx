import { useRef, useState, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSay } from '../../../app/language.ts'
import { exploreAddress } from '../../../components/view/address.ts'
import { cellName, type ViewAnswer } from '../../../components/view/answer.ts'
import { BesideTable } from '../../../components/view/BesideTable.tsx'
import { ViewChart } from '../../../components/view/ViewChart.tsx'
import { ViewTable } from '../../../components/view/ViewTable.tsx'
import { MarkCard, type Place } from './MarkCard.tsx'
import { pickName, pickOf, samePick, type Pick } from './picks.ts'

/** Which mark of a tile filters the others, and how that is changed. */
export type Picking = { pick: Pick | undefined; onPick: (pick: Pick) => void; onUnpick: () => void }

type Props = { tile: string; answer: ViewAnswer; height: number; still: boolean } & Picking

/** Numbers in words already: no table beside them. */
const PLAIN: ReadonlySet<string> = new Set(['table', 'pivot', 'number'])

/** A figure with its finding and its numbers; from a mark the board is filtered, or one goes on in explore. */
export function Figure({ tile, answer, height, still, pick, onPick, onUnpick }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const go = useNavigate()
  const place = useRef<Place>({ x: 0, y: 0 })
  const [marked, setMarked] = useState<{ at: number; place: Place } | null>(null)
  const explore = (more: Record<string, string>) => void go(exploreAddress(answer.view, more))
  const mark = { onMark: (at: number) => setMarked({ at, place: place.current }) }
  const cells = answer.result.cells
  const cell = marked ? cells[marked.at] : undefined
  const own = cell && pickOf(tile, cell, answer)
  const chosen = pick && cells.flatMap((one, at) => { const found = pickOf(tile, one, answer); return found && samePick(found, pick) ? [at] : [] })
  const close = () => setMarked(null)
  return (
    <div onClickCapture={(event) => { place.current = placeOf(event) }}>
      {answer.caption && <p className="soft small tile-caption">{answer.caption}</p>}
      <div className="tile-figure"><ViewChart answer={answer} height={height} chosen={chosen} {...(still ? {} : { ...mark, onWord: (word: string) => explore({ word }) })} /></div>
      {!PLAIN.has(answer.chart) && (
        <details className="small">
          <summary>{t('figure.data')}</summary>
          {answer.beside && <BesideTable beside={answer.beside} label={answer.title} />}
          <ViewTable answer={answer} {...(still ? {} : mark)} />
        </details>
      )}
      {marked && cell && (
        <MarkCard
          place={marked.place} title={cellName(cell, answer, t('query.unknown'), say)} cell={cell} name={own ? pickName(cell, answer) : null} chosen={own ? samePick(own, pick) : false}
          onPick={() => { close(); if (own && samePick(own, pick)) onUnpick(); else if (own) onPick(own) }} onExplore={() => explore({ mark: String(marked.at) })} onClose={close}
        />
      )}
    </div>
  )
}

/** Where the pointer was; by keyboard, where the button stands. */
function placeOf({ detail, clientX, clientY, target }: MouseEvent): Place {
  if (detail > 0) return { x: clientX, y: clientY }
  const { left, bottom, width } = (target as Element).getBoundingClientRect()
  return { x: left + width / 2, y: bottom }
}
