import { useEffect, type RefObject } from 'react'
import type { Tile } from '../../../api/boards.ts'
import { rowsOf, type Needs } from './layout.ts'

/** Watch how tall the content of each tile is; tells the rows it needs whenever they change. */
export function useNeeds(box: RefObject<HTMLElement | null>, tiles: Tile[], watching: boolean, onNeeds: (needs: Needs) => void): void {
  const ids = tiles.map(({ id }) => id).join()
  useEffect(() => {
    if (!watching || !box.current) return
    let before = ''
    const look = () => {
      const found = [...(box.current?.querySelectorAll<HTMLElement>('.board-tile') ?? [])].map((tile) => [tile.id.replace(/^tile-/, ''), needOf(tile)] as const)
      const now = JSON.stringify(found)
      if (now !== before) onNeeds(new Map(found))
      before = now
    }
    const watcher = new ResizeObserver(look)
    box.current.querySelectorAll('.tile-whole, .tile-head').forEach((one) => watcher.observe(one))
    return () => watcher.disconnect()
  }, [ids, watching])
}

/** What stands around the content, and the content as tall as it is. */
function needOf(tile: HTMLElement): number {
  const body = tile.querySelector<HTMLElement>('.tile-body')
  const whole = tile.querySelector<HTMLElement>('.tile-whole')
  if (!body || !whole) return 0
  return rowsOf(tile.offsetHeight - body.offsetHeight + whole.offsetHeight)
}
