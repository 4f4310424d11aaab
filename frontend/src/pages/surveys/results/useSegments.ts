import type { Codebook } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'

const PARTS: ReadonlySet<string> = new Set(['dimension', 'product', 'stage', 'touchpoint', 'channel', 'unit'])

/** Columns of a dataset that part customers or answers; read anew when more was counted `since`. */
export function useSegments(dataset: string | undefined, since?: string): { value: string; label: string }[] {
  const say = useSay()
  const book = useRead<Codebook>(`/datasets/${dataset ?? ''}/codebook`, undefined, { enabled: Boolean(dataset), asOf: since })
  return (book.data?.columns ?? []).filter(({ role }) => PARTS.has(role)).map((one) => ({ value: one.name, label: say(one.label) || one.name }))
}
