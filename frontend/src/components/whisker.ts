/** Intervals as whiskers: a custom series, so that their ends count for the axis as well. */

export type Whisker = { x: number; y: number; to: number; upright: boolean; colour: string }

type Api = { value: (at: number) => number; coord: (point: [number, number]) => [number, number] }

const X = 0
const Y = 1
const X_END = 2
const Y_END = 3

export function whiskers(lines: Whisker[]) {
  return {
    type: 'custom', silent: true, z: 1, encode: { x: [X, X_END], y: [Y, Y_END] },
    data: lines.map(({ x, y, to, upright }) => [x, y, upright ? x : to, upright ? to : y]),
    renderItem: ({ dataIndex }: { dataIndex: number }, api: Api) => {
      const [x1, y1] = api.coord([api.value(X), api.value(Y)])
      const [x2, y2] = api.coord([api.value(X_END), api.value(Y_END)])
      return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: lines[dataIndex]?.colour, lineWidth: 2, opacity: 0.5 } }
    },
  }
}
