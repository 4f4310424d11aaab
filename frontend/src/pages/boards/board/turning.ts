/** A big screen that nobody scrolls: where its next screenful begins. */

/** Where a tile begins and ends, in pixels from the top of the board. */
export type Stretch = readonly [top: number, bottom: number]

const EDGE = 24
const STEP = 0.9

/** The top of the next screenful: the first tile that is not wholly seen comes to the top; after the last, the beginning. */
export function nextTop(top: number, view: number, whole: number, tiles: readonly Stretch[]): number {
  if (top + view >= whole - 1) return 0
  const unseen = tiles.filter(([, bottom]) => bottom > top + view).map(([first]) => first - EDGE)
  const next = unseen.length > 0 ? Math.min(...unseen) : whole
  return Math.min(next > top ? next : top + view * STEP, whole - view)
}
