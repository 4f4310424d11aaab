import type { Entry } from '../../api/metrics.ts'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import type { Unit } from '../../components/format.ts'

/** How a metric that is kept as `satisfied:总体满意度` is said, and the unit that its values are in. */
export function useMetricWords(): { name: (metric: string) => string; unit: (metric: string) => Unit } {
  const say = useSay()
  const entries = new Map((useRead<Listed<Entry>>('/metrics').data?.items ?? []).map((entry) => [entry.id, entry]))
  return {
    name: (metric) => {
      const [id = '', ...column] = metric.split(':')
      return [say(entries.get(id)?.label) || id, column.join(':')].filter(Boolean).join(' · ')
    },
    unit: (metric) => (entries.get(metric.split(':')[0] ?? '')?.unit as Unit | undefined) ?? 'points',
  }
}
