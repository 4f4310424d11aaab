import { PlusOutlined } from '@ant-design/icons'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Column, DatasetRow } from '../../../api/data.ts'
import { PERIODS, type Tile, type TileKind } from '../../../api/boards.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { useFields } from '../../../components/made.ts'
import { dimensionChoices, measureChoices, rivalChoices, withOperations, type Choice, type Say } from '../../../components/measures.ts'
import { newTile } from '../../../components/tiles.ts'

type Given = { kind: TileKind; dataset?: string; metric?: string; by?: string; period: string; compare: string }
type Props = { tiles: Tile[]; onAdd: (tile: Tile) => void }

const MONTHS = '@month'
const USUAL = 'usual'
const NOTHING = 'nothing'
const KINDS: readonly TileKind[] = ['number', 'view', 'stages', 'voices', 'todo', 'text']

/** A new tile, set below the others. */
export function AddTile({ tiles, onAdd }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const add = (given: Given) => {
    onAdd(tileOf(given, tiles))
    setOpen(false)
  }
  return (
    <>
      <Button className="add-tile" icon={<PlusOutlined />} onClick={() => setOpen(true)}>{t('boards.addTile')}</Button>
      {open && <FormDialog<Given> title={t('boards.addTile')} initial={{ kind: 'number', period: 'last_3_months', compare: USUAL }} error={null} busy={false} submit={t('boards.add')} onSubmit={add} onClose={() => setOpen(false)}>{(form) => <Fields {...watched(form)} />}</FormDialog>}
    </>
  )
}

type Form_ = Parameters<typeof Form.useWatch>[1]
const watched = (form: Form_) => ({ form })

/** With whom a tile can be compared, whatever it shows; the rest only where it has groups. */
function againsts(columns: Column[], by: string | undefined, t: TFunction, say: Say): Choice[] {
  const over = ['previous', 'year_ago', ...(by && by !== MONTHS ? ['rest'] : []), 'target']
  return [
    { value: USUAL, label: t('boards.usualCompare') }, { value: NOTHING, label: t('query.compareNone') },
    ...over.map((value) => ({ value, label: t(`query.against.${value}`) })), ...rivalChoices(columns, t, say),
  ]
}

function Fields({ form }: { form: Form_ }) {
  const { t } = useTranslation()
  const say = useSay()
  const kind = (Form.useWatch('kind', form) as TileKind | undefined) ?? 'number'
  const dataset = Form.useWatch('dataset', form) as string | undefined
  const asks = kind !== 'todo' && kind !== 'text'
  const all = useRead<Listed<DatasetRow>>('/datasets')
  const by = Form.useWatch('by', form) as string | undefined
  const { columns, operations } = useFields(dataset)
  const needed = [{ required: true, message: t('boards.needed') }]
  return (
    <>
      <Form.Item name="kind" label={t('boards.what')}><Select options={KINDS.map((value) => ({ value, label: t(`boards.kind.${value}`) }))} /></Form.Item>
      {asks && <Form.Item name="dataset" label={t('boards.dataset')} rules={needed}><Select showSearch={{ optionFilterProp: 'label' }} options={(all.data?.items ?? []).filter(({ version }) => version !== null).map(({ id, name }) => ({ value: id, label: name }))} /></Form.Item>}
      {asks && kind !== 'stages' && <Form.Item name="metric" label={t('query.metric')} rules={needed}><Select disabled={dataset === undefined} showSearch={{ optionFilterProp: 'label' }} options={withOperations(measureChoices(columns, t, say), operations, say)} /></Form.Item>}
      {kind === 'view' && <Form.Item name="by" label={t('boards.by')}><Select allowClear disabled={dataset === undefined} options={[{ value: MONTHS, label: t('boards.overTime') }, ...dimensionChoices(columns, t, say)]} /></Form.Item>}
      {asks && <Form.Item name="period" label={t('boards.period')}><Select options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))} /></Form.Item>}
      {(kind === 'number' || kind === 'view') && <Form.Item name="compare" label={t('query.compare')}><Select popupMatchSelectWidth={false} options={againsts(columns, by, t, say)} /></Form.Item>}
    </>
  )
}

/** Against what a tile is set when nobody says: numbers and courses against the period before, groups against the rest. */
function usual({ kind, by, period }: Given): string | null {
  if (kind === 'number' || by === MONTHS) return period === 'all' && by !== MONTHS ? null : 'previous'
  return by ? 'rest' : null
}

function tileOf(given: Given, tiles: Tile[]): Tile {
  const { kind, dataset, metric, by, period, compare } = given
  const against = compare === USUAL ? usual(given) : compare === NOTHING ? null : compare
  const query = {
    metrics: [kind === 'stages' ? 'stage_time' : metric], period, ...(by === MONTHS ? { grain: 'month' } : by ? { by: [by] } : {}), ...(against ? { compare: against } : {}),
  }
  const view = dataset === undefined ? null : { dataset, query, ...(kind === 'number' ? { chart: 'number' } : {}) }
  return newTile(tiles, kind, view)
}
