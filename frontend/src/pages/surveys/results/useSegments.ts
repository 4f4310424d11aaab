import type { Codebook } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'

const PARTS: ReadonlySet<string> = new Set(['dimension', 'product', 'stage', 'touchpoint', 'channel', 'unit'])

/** Columns of a dataset that part customers or answers. */
export function useSegments(dataset: string | undefined): { value: string; label: string }[] {
  const say = useSay()
  const book = useRead<Codebook>(`/datasets/${dataset ?? ''}/codebook`, undefined, { enabled: Boolean(dataset) })
  return (book.data?.columns ?? []).filter(({ role }) => PARTS.has(role)).map((one) => ({ value: one.name, label: say(one.label) || one.name }))
}
