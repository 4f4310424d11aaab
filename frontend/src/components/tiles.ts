/** A new tile of a board: how large each kind begins, and where there is room for it. */
import type { Tile, TileKind } from '../api/boards.ts'

const SIZE: Record<TileKind, readonly [number, number]> = { number: [3, 4], view: [6, 8], text: [4, 4], todo: [6, 8], voices: [6, 8], stages: [6, 8] }

/** The row below everything. */
const bottom = (tiles: Tile[]): number => tiles.reduce((lowest, { y, h }) => Math.max(lowest, y + h), 0)

function freeId(tiles: Tile[]): string {
  const taken = new Set(tiles.map(({ id }) => id))
  let n = tiles.length + 1
  while (taken.has(`t${String(n)}`)) n += 1
  return `t${String(n)}`
}

/** A tile set below the others. */
export function newTile(tiles: Tile[], kind: TileKind, view: Tile['view']): Tile {
  const [w, h] = SIZE[kind]
  return { id: freeId(tiles), kind, title: {}, view, text: {}, act: {}, goal: null, x: 0, y: bottom(tiles), w, h }
}
