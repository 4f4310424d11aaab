import type { TFunction } from 'i18next'
import type { Codebook } from '../../api/data.ts'
import type { Language } from '../../app/kept.ts'

type Columns = Codebook['columns']
const GROUPS = ['unit', 'product', 'stage', 'channel', 'dimension']

/** Questions that this dataset can answer, to begin with. */
export function examples(columns: Columns, t: TFunction, language: Language): string[] {
  const has = (...roles: string[]) => columns.find(({ role }) => roles.includes(role))
  const metric = has('nps') ? 'NPS' : t('ask.example.satisfaction')
  if (!has('nps', 'overall')) return []
  const group = GROUPS.map((role) => has(role)).find((found) => found !== undefined)
  const name = group && (language === 'en' ? group.label?.en ?? group.name : group.name)
  const dated = has('time') !== undefined
  return [
    t(dated ? 'ask.example.number' : 'ask.example.numberEver', { metric }),
    ...(name ? [
      t('ask.example.ranking', { metric, group: name }),
      t(dated ? 'ask.example.by' : 'ask.example.byEver', { metric, group: name }),
    ] : []),
    ...(dated ? [t('ask.example.why', { metric })] : []),
    ...(has('aspect') ? [t('ask.example.drivers', { metric })] : []),
    ...(has('text') ? [t('ask.example.voices')] : []),
  ]
}
