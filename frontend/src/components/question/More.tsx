import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import type { WeightSet } from '../../api/metrics.ts'
import type { Column } from '../../api/data.ts'
import { useSay, type Text } from '../../app/language.ts'
import { ruledBy, useRules } from '../Restated.tsx'
import { SINGLE, type Asked, type Single } from './asked.ts'
import { KnownShares } from './KnownShares.tsx'
import { columnsOf, designChoices } from '../measures.ts'

type Props = { id: string; columns: Column[]; asked: Asked; onChange: (part: Partial<Asked>) => void }

const LEVELS = ['0.9', '0.95', '0.99'] as const
const POINTS = ['linear', 'times20', 'graded'] as const
const WARNINGS = ['speeder', 'straight_line', 'same_answers', 'same_respondent', 'half_finished', 'gibberish', 'empty_row', 'missing_code', 'out_of_range'] as const

/** What most questions leave as it is; open where something is used. */
export function More(props: Props) {
  const { t } = useTranslation()
  const { asked } = props
  const used = SINGLE.filter((name) => asked[name] !== null).length + Object.keys(asked.margins).length + Number(asked.exclude_flagged.length > 0)
  return (
    <details className="wide ask-more" open={used > 0 || undefined}>
      <summary>{used > 0 ? t('query.moreUsed', { n: used }) : t('query.more')}</summary>
      <div className="ask-grid"><Fields {...props} /></div>
    </details>
  )
}

function Fields({ id, columns, asked, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const design = designChoices(columns, say)
  const pick = (name: Single) => (value?: string) => onChange({ [name]: value ?? null })
  const one = (name: Single, title: string, usual: string, options: { value: string; label: string }[]) => (
    <label key={name}>{title}<Select aria-label={title} allowClear showSearch={{ optionFilterProp: 'label' }} value={asked[name] ?? undefined} placeholder={usual} options={options} onChange={pick(name)} /></label>
  )
  return (
    <>
      <KnownShares id={id} columns={columns} asked={asked} onChange={onChange} />
      {one('weight', t('query.weight'), t('query.weightNone'), columnsOf(columns, ['weight'], say))}
      {one('level', t('query.level'), '95%', LEVELS.map((value) => ({ value, label: `${String(Number(value) * 100)}%` })))}
      {one('subtotals', t('query.subtotals'), t('query.subtotalsOff'), [{ value: '1', label: t('query.subtotalsOn') }])}
      {one('include_flagged', t('query.flagged'), t('query.flaggedOut'), [{ value: '1', label: t('query.flaggedIn') }])}
      <label>{t('query.warned')}
        <Select aria-label={t('query.warned')} mode="multiple" allowClear value={asked.exclude_flagged} placeholder={t('query.warnedNone')} options={WARNINGS.map((value) => ({ value, label: t(`rule.${value}`) }))} onChange={(exclude_flagged: string[]) => onChange({ exclude_flagged })} />
      </label>
      {one('points', t('query.points'), t('query.pointsUsual'), POINTS.map((value) => ({ value, label: t(`query.pointsOf.${value}`) })))}
      {asked.metrics.includes('index') && <Scene asked={asked} onChange={onChange} />}
      <Rules asked={asked} onChange={onChange} />
      {one('cluster', t('query.cluster'), t('query.designNone'), design)}
      {one('strata', t('query.strata'), t('query.designNone'), design)}
    </>
  )
}

/** The weight sets kept for scenes: the index may go by one of them. */
function Scene({ asked, onChange }: Pick<Props, 'asked' | 'onChange'>) {
  const { t } = useTranslation()
  const say = useSay()
  const sets = useRead<Listed<WeightSet> & { scenes: Record<string, Text> }>('/weight-sets')
  const kept = [...new Set(sets.data?.items.map(({ scene }) => scene))]
  return (
    <label>{t('query.scene')}
      <Select aria-label={t('query.scene')} allowClear value={asked.scene ?? undefined} placeholder={t('query.sceneUsual')} options={kept.map((value) => ({ value, label: say(sets.data?.scenes[value]) || value }))} onChange={(scene?: string) => onChange({ scene: scene ?? null })} />
    </label>
  )
}

/** Metric rules of an earlier day: the number as it was reported then. */
function Rules({ asked, onChange }: Pick<Props, 'asked' | 'onChange'>) {
  const { t } = useTranslation()
  const versions = useRules()
  const options = (versions.data?.items ?? []).map(({ version, valid_from, note }) => ({ value: String(version), label: ruledBy(t, { version, valid_from, note }) }))
  return (
    <label>{t('query.rules')}
      <Select aria-label={t('query.rules')} allowClear value={asked.rules_version ?? undefined} placeholder={t('query.rulesUsual')} options={options} popupMatchSelectWidth={false} onChange={(rules_version?: string) => onChange({ rules_version: rules_version ?? null })} />
    </label>
  )
}
