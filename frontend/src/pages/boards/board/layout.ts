import { cloneLayout, moveElement, verticalCompactor, type Layout } from 'react-grid-layout/core'
import type { Tile } from '../../../api/boards.ts'

export const COLUMNS = 12
export const ROW = 40
export const GAP = 16
const SMALLEST: Record<string, readonly [number, number]> = { number: [2, 3], view: [3, 4], text: [2, 2], todo: [3, 3], voices: [3, 3] }

export const layoutOf = (tiles: Tile[], needs?: Needs): Layout =>
  tiles.map(({ id, x, y, w, h, kind }) => ({ i: id, x, y, w, h, minW: SMALLEST[kind]?.[0] ?? 2, minH: Math.max(SMALLEST[kind]?.[1] ?? 2, needs?.get(id) ?? 0) }))

/** Rows that a tile needs to be read whole, by its id. */
export type Needs = ReadonlyMap<string, number>

export const rowsOf = (pixels: number): number => Math.ceil((pixels + GAP) / (ROW + GAP))
export const pixelsOf = (rows: number): number => rows * ROW + (rows - 1) * GAP

/** Tiles as tall as their content needs; numbers that stand side by side grow together. */
export function grown(tiles: Tile[], needs: Needs): Tile[] {
  const need = (tile: Tile): number => Math.max(tile.h, needs.get(tile.id) ?? 0)
  const beside = (one: Tile, other: Tile): boolean => one.id === other.id || (one.kind === 'number' && other.kind === 'number' && one.y === other.y && one.h === other.h)
  return tiles.map((tile) => ({ ...tile, h: Math.max(...tiles.filter((other) => beside(tile, other)).map(need)) }))
}

/** Tiles where a layout has put them. */
export function placedAt(tiles: Tile[], layout: Layout): Tile[] {
  const at = new Map(layout.map((one) => [one.i, one]))
  return tiles.map((tile) => {
    const one = at.get(tile.id)
    return one ? { ...tile, x: one.x, y: one.y, w: one.w, h: one.h } : tile
  })
}

export const sameplace = (tiles: Tile[], layout: Layout): boolean =>
  layout.every((one) => tiles.some(({ id, x, y, w, h }) => id === one.i && x === one.x && y === one.y && w === one.w && h === one.h))

type Step = { dx?: number; dy?: number; dw?: number; dh?: number }

/** Move or stretch one tile by cells of the grid, as the arrow keys do; the others make room. */
export function stepped(tiles: Tile[], id: string, { dx = 0, dy = 0, dw = 0, dh = 0 }: Step): Tile[] {
  const layout = cloneLayout(layoutOf(tiles))
  const one = layout.find(({ i }) => i === id)
  if (!one) return tiles
  const w = Math.min(Math.max(one.w + dw, one.minW ?? 1), COLUMNS - one.x)
  const h = Math.max(one.h + dh, one.minH ?? 1)
  const stretched = layout.map((item) => (item.i === id ? { ...item, w, h } : item))
  const moved = stretched.find(({ i }) => i === id) ?? one
  const x = Math.min(Math.max(one.x + dx, 0), COLUMNS - w)
  const y = Math.max(dy > 0 ? below(tiles, one.y, one.h) : dy < 0 ? above(tiles, one.y) : one.y, 0)
  const apart = moveElement(stretched, moved, x, y, true, false, 'vertical', COLUMNS)
  return placedAt(tiles, verticalCompactor.compact(apart, COLUMNS))
}

/** The row where the next tile downward ends, so that a step down changes places with it. */
function below(tiles: Tile[], y: number, h: number): number {
  const under = tiles.filter((tile) => tile.y >= y + h)
  return under.length > 0 ? Math.min(...under.map((tile) => tile.y)) + 1 : y + 1
}

function above(tiles: Tile[], y: number): number {
  const over = tiles.filter((tile) => tile.y < y)
  return over.length > 0 ? Math.max(...over.map((tile) => tile.y)) : 0
}

/** As one reads: row by row, left to right. */
export const inReadingOrder = (tiles: Tile[]): Tile[] => [...tiles].sort((a, b) => a.y - b.y || a.x - b.x)
