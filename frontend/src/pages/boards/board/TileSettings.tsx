import { Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { PERIODS, type Tile } from '../../../api/boards.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'

type Given = { title: string; text: string; act: string; goal: number | null; period: string; chart: string }
type Props = { tile: Tile; unit: string | undefined; onClose: () => void; onChange: (tile: Tile) => void }
const CHARTS = [
  'bar', 'line', 'heat', 'pivot', 'multiples', 'likert', 'gauge', 'pareto', 'funnel', 'box', 'violin', 'control', 'waterfall', 'importance', 'cohort', 'sankey', 'words', 'map', 'number', 'table',
] as const
const AUTO = 'auto'

/** A tile's words, period, chart and target; what it asks stays what it is. */
export function TileSettings({ tile, unit, onClose, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const share = unit === 'share'
  const put = (given: Given) => onChange({
    ...tile,
    title: { ...tile.title, [language]: given.title },
    text: given.text ? { ...tile.text, [language]: given.text } : {},
    act: given.act ? { ...tile.act, [language]: given.act } : {},
    goal: given.goal === null ? null : share ? Number((given.goal / 100).toFixed(6)) : given.goal,
    view: tile.view && { ...tile.view, chart: given.chart, query: { ...tile.view.query, period: given.period || null } },
  })
  const initial: Given = {
    title: say(tile.title), text: say(tile.text), act: say(tile.act),
    goal: tile.goal === null ? null : share ? Number((tile.goal * 100).toFixed(4)) : tile.goal,
    period: String(tile.view?.query.period ?? ''), chart: tile.view?.chart ?? AUTO,
  }
  return (
    <FormDialog<Given> title={t('boards.settings')} initial={initial} error={null} busy={false} onSubmit={(given) => put({ ...initial, ...given })} onClose={onClose}>
      <Form.Item name="title" label={t('boards.tileTitle')}><Input maxLength={120} /></Form.Item>
      {(tile.kind === 'text' || tile.kind === 'todo') && <Form.Item name="text" label={t('boards.tileText')}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>}
      {tile.view && <Form.Item name="period" label={t('boards.period')}><Select options={[{ value: '', label: t('period.all') }, ...PERIODS.filter((one) => one !== 'all').map((value) => ({ value, label: t(`period.${value}`) }))]} /></Form.Item>}
      {tile.kind === 'view' && <Form.Item name="chart" label={t('boards.chart')}><Select options={[{ value: AUTO, label: t('boards.autoChart') }, ...CHARTS.map((value) => ({ value, label: t(`explore.chart.${value}`) }))]} /></Form.Item>}
      {tile.kind === 'number' && <Form.Item name="goal" label={t('boards.goal')} extra={t('boards.goalHow')}><InputNumber {...(share ? { suffix: '%' } : {})} style={{ width: 160 }} /></Form.Item>}
      {tile.kind !== 'text' && tile.kind !== 'voices' && <Form.Item name="act" label={t('boards.act')} extra={t('boards.actHow')}><Input.TextArea rows={2} maxLength={4000} /></Form.Item>}
    </FormDialog>
  )
}
