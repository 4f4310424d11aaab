/** How a number looks: the same as in the reports (`report/numbers.py`; a test compares them). Nothing is computed. */

export const DASH = '—'
const MINUS = '\u2212'

export type Unit = 'nps' | 'points' | 'share' | 'scale' | 'amount' | 'seconds'
const DECIMALS: Record<'nps' | 'points' | 'scale', number> = { nps: 1, points: 1, scale: 2 }

/** Round as Python does: by the exact binary value, and ties to the even digit (toFixed takes ties away from zero). */
function rounded(size: number, decimals: number): string {
  const exact = size.toFixed(20)
  const cut = exact.length - 20 + decimals
  const tie = /^50*$/.test(exact.slice(cut))
  const kept = exact.slice(0, decimals === 0 ? cut - 1 : cut)
  return tie && Number(kept.at(-1)) % 2 === 0 ? kept : size.toFixed(decimals)
}

function fixed(value: number, decimals: number, signed = false): string {
  const text = rounded(Math.abs(value), decimals).replace(/(?<!\.\d*)\B(?=(\d{3})+(?!\d)(?=\.|$))/g, ',')
  if (!/[1-9]/.test(text)) return text
  if (value < 0) return MINUS + text
  return signed ? `+${text}` : text
}

export function share(value: number | null | undefined, decimals = 1): string {
  return value == null ? DASH : `${fixed(value * 100, decimals)}%`
}

export function amount(value: number | null | undefined): string {
  if (value == null) return DASH
  const size = Math.abs(value)
  return fixed(value, size >= 1000 ? 0 : size >= 100 ? 1 : 2)
}

type Told = 'zh-CN' | 'en'
const DURATIONS: readonly (readonly [number, Record<Told, string>])[] = [
  [86_400, { 'zh-CN': '天', en: 'd' }], [3_600, { 'zh-CN': '小时', en: 'h' }], [60, { 'zh-CN': '分钟', en: 'min' }],
]
const SECOND: Record<Told, string> = { 'zh-CN': '秒', en: 's' }
let told: Told = 'zh-CN'

/** Tell durations in a language from now on: that of the page. */
export function tellIn(language: Told): void {
  told = language
}

/** A duration in the unit that its size deserves: 95 s, 3.1 min, 7.6 h, 2.3 d. */
export function duration(seconds: number, signed = false): string {
  const [length, name] = DURATIONS.find(([one]) => Math.abs(seconds) >= 2 * one) ?? [1, SECOND]
  return `${fixed(seconds / length, Number(length > 1), signed)} ${name[told]}`
}

export function number(value: number | null | undefined, unit: Unit): string {
  if (value == null) return DASH
  if (unit === 'share') return share(value)
  if (unit === 'amount') return amount(value)
  if (unit === 'seconds') return duration(value)
  return fixed(value, DECIMALS[unit], unit === 'nps')
}

export function interval(low: number | null | undefined, high: number | null | undefined, unit: Unit): string {
  if (low == null || high == null) return ''
  return `[${[low, high].map((end) => number(end, unit).replace(/^\+/, '')).join(', ')}]`
}

/** How far a number in a unit can reach; a difference of two of them reaches further. */
const BOUNDS: Partial<Record<Unit, readonly [number, number]>> = { share: [0, 1], nps: [-100, 100], points: [0, 100] }

type Measured = { low?: number | null | undefined; high?: number | null | undefined; unit: Unit }

/** The ends of a number's interval, cut where its unit ends: a t interval of few answers may reach beyond. Null: there is none. */
export function ends({ low, high, unit }: Measured): readonly [number, number] | null {
  if (low == null || high == null) return null
  const [least, most] = BOUNDS[unit] ?? [-Infinity, Infinity]
  const cut = (end: number) => Math.min(Math.max(end, least), most)
  return [cut(low), cut(high)]
}

/** The interval of a number (not of a difference), cut where its unit ends. */
export function ownInterval(measured: Measured): string {
  const found = ends(measured)
  return found ? interval(...found, measured.unit) : ''
}

export function difference(value: number | null | undefined, unit: Unit, sharePoints: string): string {
  if (value == null) return DASH
  if (unit === 'share') return fixed(value * 100, 1, true) + sharePoints
  if (unit === 'amount') return (value > 0 ? '+' : '') + amount(value)
  if (unit === 'seconds') return duration(value, true)
  return fixed(value, DECIMALS[unit], true)
}

export const count = (value: number | null | undefined): string => (value == null ? DASH : value.toLocaleString('en-US'))

export const plain = (value: number | null | undefined, decimals = 2): string => (value == null ? DASH : fixed(value, decimals))

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(0)} KB`
  return bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(1)} MB` : `${(bytes / 1024 ** 3).toFixed(2)} GB`
}

/** The number that people give a version of a dataset: they count from 1, the store from 0. */
export const ordinal = (version: number): number => version + 1

const PER_ORDERS = ['complaint_rate', 'complained_orders']
const RARE = 0.01
const TEN_THOUSAND = 10000

/** A rate of orders below 1 %, per 10,000 of them: its number and its ends. Null: it is no such rate, or not that rare. */
export function perOrders({ metric, estimate, low, high }: Measured & { metric: string; estimate?: number | null | undefined }): { n: string; low: string; high: string } | null {
  if (!PER_ORDERS.includes(metric.split(':')[0] ?? '') || estimate == null || low == null || high == null || estimate >= RARE) return null
  const shown = (end: number) => fixed(end * TEN_THOUSAND, 1)
  return { n: shown(estimate), low: shown(low), high: shown(high) }
}
