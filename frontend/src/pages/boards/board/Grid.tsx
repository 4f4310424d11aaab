import { useEffect, useRef, useState, type ReactNode } from 'react'
import GridLayout, { type Layout } from 'react-grid-layout'
import type { Tile } from '../../../api/boards.ts'
import { COLUMNS, GAP, grown, inReadingOrder, layoutOf, ROW, type Needs } from './layout.ts'
import { useNeeds } from './useNeeds.ts'
import 'react-grid-layout/css/styles.css'

type Props = { tiles: Tile[]; needs: Needs; changing: boolean; onNeeds: (needs: Needs) => void; onPlaced: (layout: Layout) => void; children: (tile: Tile, narrow: boolean) => ReactNode }
const NARROW = 760

/** Twelve columns on a desk, each tile at least as tall as what it shows; on a phone one tile below the other, as one reads. */
export function Grid({ tiles, needs, changing, onNeeds, onPlaced, children }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const whole = grown(tiles, needs)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!box.current) return
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [])
  const narrow = width < NARROW
  useNeeds(box, tiles, !narrow, onNeeds)
  return (
    <div ref={box} className="board-grid">
      {width > 0 && narrow && <div className="board-column">{inReadingOrder(tiles).map((tile) => <div key={tile.id}>{children(tile, true)}</div>)}</div>}
      {width > 0 && !narrow && (
        <GridLayout
          width={width} layout={layoutOf(whole, changing ? needs : undefined)} onDragStop={onPlaced} onResizeStop={onPlaced}
          gridConfig={{ cols: COLUMNS, rowHeight: ROW, margin: [GAP, GAP], containerPadding: [0, 0] }}
          dragConfig={{ enabled: changing, handle: '.tile-head', cancel: 'button' }} resizeConfig={{ enabled: changing, handles: ['se'] }}
        >
          {inReadingOrder(tiles).map((tile) => <div key={tile.id}>{children(tile, false)}</div>)}
        </GridLayout>
      )}
    </div>
  )
}
