import { useTranslation } from 'react-i18next'
import type { MadeGroup, MadeGroups, MadeMetric } from '../../../components/made.ts'
import type { Choice } from '../../../components/measures.ts'
import { conditionSaid } from '../../../components/question/asked.ts'

const MOST_NAMED = 4

/** What a made definition says, in one line. */
export function useSaid(known: readonly Choice[]): (definition: MadeGroups | MadeMetric) => string {
  const { t } = useTranslation()
  const values = ({ values: all }: MadeGroup) => all.slice(0, MOST_NAMED).join(t('common.list')) + (all.length > MOST_NAMED ? t('made.more', { n: all.length - MOST_NAMED }) : '')
  const group = (one: MadeGroup) => `${one.name} = ${one.values.length > 0 ? values(one) : t('made.range', { low: one.low ?? '−∞', high: one.high ?? '∞' })}`
  const named = (metric: string) => known.find(({ value }) => value === metric)?.label ?? metric
  return (definition) => {
    if (definition.kind === 'groups') {
      return `${definition.column}${t('common.colon')}${[...definition.groups.map(group), ...(definition.rest ? [t('made.others', { name: definition.rest })] : [])].join('; ')}`
    }
    const { form, conditions, metrics, weights } = definition
    if (form === 'share') return t('made.says.share', { conditions: conditions.map((one) => conditionSaid(one, t)).join(t('made.and')) })
    if (form === 'average') return t('made.says.average', { metrics: metrics.map((one, at) => `${named(one)}${weights[at] === undefined ? '' : ` ×${String(weights[at])}`}`).join(t('common.list')) })
    return metrics.map(named).join(form === 'ratio' ? ' ÷ ' : ' − ')
  }
}
