import { Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { PERIODS, type Tile } from '../../../api/boards.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'

type Given = { title: string; text: string; act: string; goal: number | null; period: string; chart: string }
type Props = { tile: Tile; onClose: () => void; onChange: (tile: Tile) => void }
const CHARTS = ['auto', 'bar', 'line', 'heat', 'pivot', 'multiples', 'pareto', 'control', 'table'] as const

/** A tile's words, period, chart and target; what it asks stays what it is. */
export function TileSettings({ tile, onClose, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const share = ['satisfied', 'dissatisfied', 'easy', 'intent', 'share'].includes(String((tile.view?.query.metrics as string[] | undefined)?.[0] ?? '').split(':')[0] ?? '')
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
    period: String(tile.view?.query.period ?? ''), chart: tile.view?.chart ?? 'auto',
  }
  return (
    <FormDialog<Given> title={t('boards.settings')} initial={initial} error={null} busy={false} onSubmit={(given) => put({ ...initial, ...given })} onClose={onClose}>
      <Form.Item name="title" label={t('boards.tileTitle')}><Input maxLength={120} /></Form.Item>
      {(tile.kind === 'text' || tile.kind === 'todo') && <Form.Item name="text" label={t('boards.tileText')}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>}
      {tile.view && <Form.Item name="period" label={t('boards.period')}><Select options={[{ value: '', label: t('period.all') }, ...PERIODS.filter((one) => one !== 'all').map((value) => ({ value, label: t(`period.${value}`) }))]} /></Form.Item>}
      {tile.kind === 'view' && <Form.Item name="chart" label={t('boards.chart')}><Select options={CHARTS.map((value) => ({ value, label: t(`boards.chartKind.${value}`) }))} /></Form.Item>}
      {tile.kind === 'number' && <Form.Item name="goal" label={t('boards.goal')} extra={t('boards.goalHow')}><InputNumber {...(share ? { suffix: '%' } : {})} style={{ width: 160 }} /></Form.Item>}
      {tile.kind !== 'text' && tile.kind !== 'voices' && <Form.Item name="act" label={t('boards.act')} extra={t('boards.actHow')}><Input.TextArea rows={2} maxLength={4000} /></Form.Item>}
    </FormDialog>
  )
}
