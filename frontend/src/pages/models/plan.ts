import type { Apart, CommonColumn, How, Plan, Preview } from '../../api/models.ts'

export type Given = {
  kind: 'link' | 'union'
  name: string
  base?: string
  other?: string
  base_key?: string
  other_key?: string
  side: 'after' | 'before' | 'around' | 'none'
  days?: number | null
  other_time?: string
  take?: { how: How; column?: string; name?: string }[]
  sources?: string[]
}

/** Ways that need no column: they count or tell whether there is one. */
export const COLUMNLESS: ReadonlySet<How> = new Set<How>(['count', 'days', 'any'])

export function planOf(given: Given, columns: CommonColumn[] = []): Plan {
  if (given.kind === 'union') return { union: { sources: (given.sources ?? []).map((dataset_id) => ({ dataset_id })), columns } }
  const take = (given.take ?? []).map(({ how, column, name }) => ({ how, column: COLUMNLESS.has(how) ? null : (column ?? null), name: name?.trim() || `${column ?? ''}${how}` }))
  const window = given.side === 'none' ? null : { side: given.side, days: given.days ?? null, other_time: given.other_time ?? null }
  return { link: { base: given.base ?? '', links: [{ dataset_id: given.other ?? '', keys: [{ base: given.base_key ?? '', other: given.other_key ?? '' }], take, window }] } }
}

/** What is put together, with a rating of several scales as its 0–100 score. */
export function scored(found: Preview, { name, columns }: Apart): CommonColumn[] {
  const others = found.common.filter((one) => !Object.entries(columns).some(([id, column]) => one.columns[id] === column))
  return [...others, { name, columns, as_score: true }]
}
