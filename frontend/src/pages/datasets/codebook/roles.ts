import type { Scale } from '../../../api/data.ts'

/** Roles in the order of how often they are chosen, and which of them need a scale. */
export const ROLES = [
  'nps', 'overall', 'csat', 'ces', 'aspect', 'intent', 'text', 'choice_set', 'dimension', 'channel', 'product', 'unit', 'stage', 'touchpoint', 'staff',
  'time', 'customer', 'account', 'contact', 'id', 'order', 'ticket', 'status', 'opened', 'first_response', 'resolved', 'promised', 'delivered',
  'outcome', 'amount', 'currency', 'cost', 'duration', 'weight', 'strata', 'cluster', 'meta', 'ignore',
] as const

export const RATINGS: ReadonlySet<string> = new Set(['nps', 'csat', 'ces', 'overall', 'intent', 'aspect'])

const USUAL = { nps: { min: 0, max: 10, direction: 1 }, other: { min: 1, max: 5, direction: 1 } } as const

export const usualScale = (role: string): Scale => ({ ...(role === 'nps' ? USUAL.nps : USUAL.other) })
