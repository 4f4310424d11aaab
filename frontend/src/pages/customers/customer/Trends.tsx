import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Trend } from '../../../api/customers.ts'
import { useSay } from '../../../app/language.ts'
import { Chart, type Colours } from '../../../components/Chart.tsx'

const MOST = 6

/** Scores of one customer over time, each on its own scale: single answers, so no interval. */
export function Trends({ trends }: { trends: Trend[] }) {
  const { t } = useTranslation()
  if (trends.length === 0) return null
  return (
    <section className="panel stack">
      <h2>{t('customer.trends')}</h2>
      <div className="trends">{trends.slice(0, MOST).map((trend) => <OneTrend key={`${trend.dataset_id} ${trend.column}`} trend={trend} />)}</div>
    </section>
  )
}

function OneTrend({ trend }: { trend: Trend }) {
  const { t } = useTranslation()
  const say = useSay()
  const name = say(trend.label) || trend.column
  const option = useMemo(() => (colours: Colours) => ({
    animation: false,
    grid: { left: 8, right: 16, top: 12, bottom: 8, containLabel: true },
    tooltip: { trigger: 'item', confine: true, formatter: ({ value }: { value: [string, number] }) => `${value[0]} · ${String(value[1])}` },
    xAxis: { type: 'time', axisLabel: { color: colours.soft, hideOverlap: true }, axisLine: { lineStyle: { color: colours.rule } }, axisTick: { show: false } },
    yAxis: { type: 'value', min: trend.min, max: trend.max, splitNumber: 4, axisLabel: { color: colours.soft }, splitLine: { lineStyle: { color: colours.rule } } },
    series: [{ type: 'line', symbol: 'circle', symbolSize: 8, lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent }, data: trend.points.map(({ on, value }) => [on, value]) }],
  }), [trend])
  return (
    <figure style={{ margin: 0 }}>
      <figcaption><strong>{name}</strong> <span className="soft small">{trend.dataset} · {t('customer.scale', { min: trend.min, max: trend.max })}</span></figcaption>
      <Chart option={option} height={160} label={`${name}${t('common.colon')}${trend.points.map(({ on, value }) => `${on} ${String(value)}`).join(t('common.comma'))}`} />
    </figure>
  )
}
