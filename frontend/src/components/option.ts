import type { EChartsCoreOption } from 'echarts/core'

type Media = { option: EChartsCoreOption }[]

/** Make the server's chart option ready to draw: colours of the look, tooltip from the datum's own lines, narrow form on phones. */
export function chartOption(option: Record<string, unknown>, dark: Record<string, string> | null, wide: boolean): EChartsCoreOption {
  const { media, ...whole } = recoloured(option, dark) as { media?: Media; tooltip?: object } & EChartsCoreOption
  const shown = wide || !media?.[0] ? whole : merged(whole, media[0].option)
  for (const axis of [shown.xAxis, shown.yAxis].flat()) tellDurations(axis)
  return {
    ...shown,
    textStyle: { ...(shown.textStyle as object), fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: {
      ...(shown.tooltip as object), formatter: tip, borderWidth: 0,
      backgroundColor: dark ? '#2A2F37' : '#FFFFFF', textStyle: { color: dark ? '#E8EAED' : '#1F2329', fontSize: 12 },
    },
  }
}

const NARROWEST_PLOT = 120

/** Whether what is drawn keeps room beside the names and numbers of the wide form; else the narrow form is drawn. */
export function hasRoom(option: Record<string, unknown>, width: number): boolean {
  const { grid } = option
  if (!isPlain(grid) || typeof grid.left !== 'number' || typeof grid.right !== 'number') return true
  return width - grid.left - grid.right >= NARROWEST_PLOT
}

const LOWEST = 160
/** A field of a grid holds a call above its number; its columns' names may stand upright. */
const FIELD = { row: 36, heads: 92 }

/** How low a figure may be drawn and still be read. */
export function lowestOf(chart: string, option: Record<string, unknown> | null): number {
  const rows = chart === 'heat' && isPlain(option?.yAxis) && Array.isArray(option.yAxis.data) ? option.yAxis.data.length : 0
  return Math.max(LOWEST, rows * FIELD.row + FIELD.heads)
}

/** An axis of durations says one unit all along: its numbers come in seconds. */
function tellDurations(axis: unknown): void {
  const label = isPlain(axis) ? axis.axisLabel : undefined
  if (!isPlain(label) || !isPlain(label.per)) return
  const { length, name } = label.per as { length: number; name: string }
  label.formatter = (value: number) => `${+(value / length).toFixed(2)} ${name}`
}

function recoloured(option: unknown, dark: Record<string, string> | null): unknown {
  if (!dark) return structuredClone(option)
  return JSON.parse(JSON.stringify(option).replace(/#[0-9A-Fa-f]{6}\b/g, (colour) => dark[colour] ?? colour))
}

/** Lay the narrow form over the wide one, as ECharts' own media rules do: part by part, axes and series by place. */
function merged(below: EChartsCoreOption, above: EChartsCoreOption): EChartsCoreOption {
  const result: Record<string, unknown> = { ...below }
  for (const [name, part] of Object.entries(above)) result[name] = laid(below[name], part)
  return result
}

function laid(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) return below.map((one, at) => (at in above ? laid(one, above[at]) : one))
  if (isPlain(below) && isPlain(above)) return merged(below, above)
  return above
}

const isPlain = (value: unknown): value is EChartsCoreOption => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lines as elements with text, never as markup: a survey's words stay words. */
function tip(point: { data?: { tip?: string[] } }): HTMLElement | string {
  const lines = point.data?.tip ?? []
  if (lines.length === 0) return ''
  const box = document.createElement('div')
  box.className = 'chart-tip'
  lines.forEach((line, at) => {
    const row = document.createElement(at === 0 ? 'b' : 'div')
    row.textContent = line
    box.append(row)
  })
  return box
}
