import { ShareAltOutlined } from '@ant-design/icons'
import { Button, type TableColumnsType } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useSay } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { groupOf } from '../bands.ts'
import { CallChip } from '../CallChip.tsx'
import type { Cell, Definition } from '../cells.ts'
import { CopyButton } from '../CopyButton.tsx'
import { Downloads } from '../Downloads.tsx'
import { DASH, number, ownInterval, plain } from '../format.ts'
import { NumberWithInterval } from '../NumberWithInterval.tsx'
import { ShareDialog } from '../ShareDialog.tsx'
import { uncomparedFor, type Result } from './result.ts'
import { Listing } from '../Listing.tsx'

const PERIOD = 'period'

/** The numbers as a table: estimate, interval, n, and the call on each comparison. */
export function Cells({ id, query, result, groups, names = {} }: { id: string; query: object; result: Result; groups: string[]; names?: Record<string, string> }) {
  const { t } = useTranslation()
  const may = useMay()
  const language = useLanguage()
  const [sharing, setSharing] = useState(false)
  const rows = useMemo(() => result.cells.map((cell, at) => ({ ...cell, key: at })), [result])
  const keys = [...groups, ...(result.cells.some(({ by }) => PERIOD in by) ? [PERIOD] : [])]
  const uncompared = uncomparedFor(result)
  return (
    <section className="panel flush">
      <div className="table-tools">{uncompared && <span className="soft small">◌ {t(uncompared)}</span>}<span className="gap" /><CopyButton type="text" words={() => tabbed(result.cells, keys)}>{t('figure.copyData')}</CopyButton>{may('share') && <Button icon={<ShareAltOutlined />} onClick={() => setSharing(true)}>{t('report.share')}</Button>}<Downloads path={`/datasets/${id}/query`} body={query} name="query" /></div>
      <Listing<Cell & { key: number }> columns={useColumns(result, keys, names)} dataSource={rows} page={50} />
      {sharing && <ShareDialog id={id} kind="query" payload={{ ...query, lang: language === 'en' ? 'en' : 'zh' }} onClose={() => setSharing(false)} />}
    </section>
  )
}

function useColumns(result: Result, keys: string[], names: Record<string, string>): TableColumnsType<Cell & { key: number }> {
  const { t } = useTranslation()
  const say = useSay()
  const definitions = new Map(result.definition.map((definition) => [definition.metric, definition]))
  const compared = result.cells.some(({ comparison }) => comparison)
  const columns: TableColumnsType<Cell & { key: number }> = keys.map((key) => ({
    title: key === PERIOD ? t('query.periodColumn') : names[key] ?? key, key,
    defaultSortOrder: key === keys[0] ? 'ascend' : undefined,
    sorter: (a, b) => byName(a.by[key], b.by[key]),
    render: (_, cell) => (key in cell.by ? groupOf(key, cell.by[key], result.query.grain, t) ?? <span className="soft">{t('query.unknown')}</span> : <em className="soft">{t('query.subtotal')}</em>),
  }))
  if (result.definition.length > 1 || keys.length === 0) columns.push({ title: t('query.metric'), key: 'metric', className: 'wrap', render: (_, cell) => say(cell.label) })
  columns.push({
    title: t('query.value'), key: 'value', className: 'number', sorter: (a, b) => (a.estimate ?? -Infinity) - (b.estimate ?? -Infinity),
    render: (_, cell) => <NumberWithInterval cell={cell} facts={<CellFacts cell={cell} definition={definitions.get(cell.metric)} />} />,
  })
  const weighted = new Map(result.data.weighting?.cells.map((one) => [cellKey(one), one]))
  if (weighted.size > 0) {
    columns.push({ title: t('query.unweighted'), key: 'unweighted', className: 'number', render: (_, cell) => number(weighted.get(cellKey(cell))?.unweighted, cell.unit) })
    columns.push({ title: t('query.designEffect'), key: 'effect', className: 'number', render: (_, cell) => plain(weighted.get(cellKey(cell))?.design_effect) })
  }
  if (compared) {
    columns.push({ title: t('query.reference'), key: 'reference', className: 'number', render: (_, { comparison, unit }) => (comparison ? number(comparison.reference, unit) : DASH) })
    columns.push({ title: t('query.call'), key: 'call', render: (_, cell) => <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} by={cell.by} higherIsBetter={definitions.get(cell.metric)?.higher_is_better ?? true} /> })
  }
  return columns
}

export const cellKey = ({ metric, by }: { metric: string; by: Record<string, string | null> }): string => JSON.stringify([metric, Object.entries(by)])

/** By name, numbers in their order, what is unknown last. */
const byName = (a: string | null | undefined, b: string | null | undefined): number =>
  Number(a == null) - Number(b == null) || (a ?? '').localeCompare(b ?? '', 'zh', { numeric: true })

export function CellFacts({ cell, definition }: { cell: Cell; definition: Definition | undefined }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <>
      <strong>{say(cell.label)}</strong>
      {definition && <span>{say(definition.formula)}</span>}
      {cell.method && <span className="soft">{t('query.method', { method: t(`method.${cell.method}`, { defaultValue: cell.method }) })} · n<sub>eff</sub> = {number(cell.n_effective, 'points')}</span>}
    </>
  )
}

const safe = (words: string): string => (/^[=@]|^[+-][^\d]/.test(words) ? `'${words}` : words)

function tabbed(cells: Cell[], keys: string[]): string {
  const header = [...keys, 'metric', 'estimate', 'interval', 'n', 'call']
  const rows = cells.map((cell) => [
    ...keys.map((key) => safe(cell.by[key] ?? '')), cell.metric, number(cell.estimate, cell.unit), ownInterval(cell), String(cell.n), cell.comparison?.call ?? '',
  ])
  return [header, ...rows].map((row) => row.join('\t')).join('\n')
}
