import { PlusOutlined } from '@ant-design/icons'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Codebook, DatasetRow } from '../../../api/data.ts'
import { PERIODS, type Tile, type TileKind } from '../../../api/boards.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { groupChoices, measureChoices, withOperations } from '../../../components/measures.ts'
import { bottom } from './layout.ts'

type Given = { kind: TileKind; dataset?: string; metric?: string; by?: string; period: string }
type Props = { tiles: Tile[]; onAdd: (tile: Tile) => void }

const SIZE: Record<TileKind, readonly [number, number]> = { number: [3, 4], view: [6, 8], text: [4, 4], todo: [6, 8], voices: [6, 8], stages: [6, 8] }
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
      {open && <FormDialog<Given> title={t('boards.addTile')} initial={{ kind: 'number', period: 'last_3_months' }} error={null} busy={false} submit={t('boards.add')} onSubmit={add} onClose={() => setOpen(false)}>{(form) => <Fields {...watched(form)} />}</FormDialog>}
    </>
  )
}

type Form_ = Parameters<typeof Form.useWatch>[1]
const watched = (form: Form_) => ({ form })

function Fields({ form }: { form: Form_ }) {
  const { t } = useTranslation()
  const say = useSay()
  const kind = (Form.useWatch('kind', form) as TileKind | undefined) ?? 'number'
  const dataset = Form.useWatch('dataset', form) as string | undefined
  const asks = kind !== 'todo' && kind !== 'text'
  const all = useRead<Listed<DatasetRow>>('/datasets')
  const book = useRead<Codebook>(`/datasets/${dataset ?? ''}/codebook`, undefined, { enabled: dataset !== undefined })
  const columns = book.data?.columns ?? []
  const needed = [{ required: true, message: t('boards.needed') }]
  return (
    <>
      <Form.Item name="kind" label={t('boards.what')}><Select options={KINDS.map((value) => ({ value, label: t(`boards.kind.${value}`) }))} /></Form.Item>
      {asks && <Form.Item name="dataset" label={t('boards.dataset')} rules={needed}><Select showSearch={{ optionFilterProp: 'label' }} options={(all.data?.items ?? []).filter(({ version }) => version !== null).map(({ id, name }) => ({ value: id, label: name }))} /></Form.Item>}
      {asks && kind !== 'stages' && <Form.Item name="metric" label={t('query.metric')} rules={needed}><Select disabled={dataset === undefined} showSearch={{ optionFilterProp: 'label' }} options={withOperations(measureChoices(columns, t, say), book.data?.operations ?? [], say)} /></Form.Item>}
      {kind === 'view' && <Form.Item name="by" label={t('boards.by')}><Select allowClear disabled={dataset === undefined} options={[{ value: '@month', label: t('boards.overTime') }, ...groupChoices(columns, say)]} /></Form.Item>}
      {asks && <Form.Item name="period" label={t('boards.period')}><Select options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))} /></Form.Item>}
    </>
  )
}

function tileOf({ kind, dataset, metric, by, period }: Given, tiles: Tile[]): Tile {
  const [w, h] = SIZE[kind]
  const taken = new Set(tiles.map(({ id }) => id))
  let n = tiles.length + 1
  while (taken.has(`t${String(n)}`)) n += 1
  const timed = by === '@month'
  const compare = kind === 'number' || timed ? (period === 'all' && !timed ? {} : { compare: 'previous' }) : by ? { compare: 'rest' } : {}
  const query = { metrics: [kind === 'stages' ? 'stage_time' : metric], period, ...(timed ? { grain: 'month' } : by ? { by: [by] } : {}), ...compare }
  const view = dataset === undefined ? null : { dataset, query, ...(kind === 'number' ? { chart: 'number' } : {}) }
  return { id: `t${String(n)}`, kind, title: {}, view, text: {}, act: {}, goal: null, x: 0, y: bottom(tiles), w, h }
}
