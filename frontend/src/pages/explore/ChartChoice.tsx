import { InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import type { ViewAnswer } from '../../components/view/answer.ts'
import { SORTS, type Drawn } from './drawn.ts'

type Props = { answer: ViewAnswer; drawn: Drawn; onChange: (part: Partial<Drawn>) => void }

const SORTED: ReadonlySet<string> = new Set(['bar', 'likert', 'box', 'violin'])
const CUT: ReadonlySet<string> = new Set(['bar', 'line', 'pareto', 'multiples', 'heat', 'likert', 'box', 'violin'])
const SHARE = 'share'

/** How it is drawn: what fits comes first, what does not says why. */
export function ChartChoice({ answer, drawn, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const fitting = answer.kinds.map((value, at) => ({ value, label: `${t(`explore.chart.${value}`)}${at === 0 ? t('explore.proposed') : ''}`, why: '', disabled: false }))
  const others = Object.entries(answer.unfit).map(([value, why]) => ({ value, label: t(`explore.chart.${value}`), why: say(why), disabled: true }))
  const share = answer.result.cells[0]?.unit === SHARE
  return (
    <div className="chart-choice">
      <label>{t('explore.chartKind')}
        <Select
          size="small" aria-label={t('explore.chartKind')} value={answer.chart} options={[...fitting, ...others]} popupMatchSelectWidth={300} listHeight={480}
          optionRender={({ data }) => <span className="kind-option">{data.label}{data.why && <small>{data.why}</small>}</span>}
          onChange={(chart: string) => onChange({ chart: chart === answer.kinds[0] ? null : chart })}
        />
      </label>
      {SORTED.has(answer.chart) && (
        <label>{t('explore.sort')}
          <Select size="small" aria-label={t('explore.sort')} value={drawn.sort ?? 'best'} options={SORTS.map((value) => ({ value, label: t(`explore.sorted.${value}`) }))} onChange={(sort: string) => onChange({ sort: sort === 'best' ? null : sort })} />
        </label>
      )}
      {CUT.has(answer.chart) && (
        <label>{t('explore.top')}
          <InputNumber size="small" aria-label={t('explore.top')} min={1} max={200} precision={0} value={drawn.top ? Number(drawn.top) : null} placeholder={t('explore.all')} onChange={(top) => onChange({ top: top === null ? null : String(top) })} />
        </label>
      )}
      <label>{t('view.target')}
        <InputNumber
          size="small" aria-label={t('view.target')} value={drawn.target === null ? null : Number(drawn.target) * (share ? 100 : 1)} suffix={share ? '%' : undefined} placeholder={t('explore.keptTarget')}
          onChange={(target) => onChange({ target: target === null ? null : String(share ? target / 100 : target) })}
        />
      </label>
    </div>
  )
}
