import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import { groupOf } from '../bands.ts'
import { CallChip } from '../CallChip.tsx'
import type { Cell } from '../cells.ts'
import { DASH, number, plain } from '../format.ts'
import { NumberWithInterval } from '../NumberWithInterval.tsx'
import { CellFacts, cellKey } from '../question/Cells.tsx'
import { FIRST_ANSWER, type ViewAnswer } from './answer.ts'
import { Attainment } from './Attainment.tsx'
import { Listing } from '../Listing.tsx'

type Props = {
  answer: ViewAnswer
  onMark?: ((cell: number) => void) | undefined
  /** In a tile: the call below its number, and no column for what it is compared with. */
  brief?: boolean
}
type Row = Cell & { key: number }
const PAGE = 50

/** Every number in a row of its own: groups, estimate with interval, what weighting did, call, target. */
export function ViewTable({ answer, onMark, brief = false }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const { cells, definition } = answer.result
  const compared = cells.some(({ comparison }) => comparison)
  const keys = [...new Set(cells.flatMap(({ by }) => Object.keys(by)))]
  const definitions = new Map(definition.map((one) => [one.metric, one]))
  const weighted = new Map(answer.result.data.weighting?.cells.map((one) => [cellKey(one), one]))
  const called = (cell: Cell) => <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} by={cell.by} higherIsBetter={definitions.get(cell.metric)?.higher_is_better ?? true} />
  const columns: TableColumnsType<Row> = keys.map((key) => ({
    title: key === 'period' ? t('query.periodColumn') : key === FIRST_ANSWER ? t('query.firstAnswer') : <span title={answer.asked[key]}>{answer.names[key] ?? key}</span>, key,
    render: (_, cell) => (key in cell.by ? groupOf(key, cell.by[key], answer.result.query.grain, t) ?? <span className="soft">{t('query.unknown')}</span> : <em className="soft">{t('query.subtotal')}</em>),
  }))
  if (definition.length > 1 || keys.length === 0) columns.push({ title: t('query.metric'), key: 'metric', render: (_, cell) => <span className={brief ? 'brief-name' : undefined}>{say(cell.label)}</span> })
  columns.push({ title: t('query.value'), key: 'value', className: 'number', sorter: (a, b) => (a.estimate ?? -Infinity) - (b.estimate ?? -Infinity), render: (_, cell) => <><NumberWithInterval cell={cell} facts={onMark && <CellFacts cell={cell} definition={definitions.get(cell.metric)} />} />{brief && <div className="brief-call">{called(cell)}</div>}</> })
  if (weighted.size > 0) {
    columns.push({ title: t('query.unweighted'), key: 'unweighted', className: 'number', render: (_, cell) => number(weighted.get(cellKey(cell))?.unweighted, cell.unit) })
    columns.push({ title: t('query.designEffect'), key: 'effect', className: 'number', render: (_, cell) => plain(weighted.get(cellKey(cell))?.design_effect) })
  }
  if (compared && onMark && !brief) columns.push({ title: t('query.reference'), key: 'reference', className: 'number', render: (_, { comparison, unit }) => (comparison ? number(comparison.reference, unit) : DASH) })
  if (compared && !brief) columns.push({ title: t('query.call'), key: 'call', render: (_, cell) => called(cell) })
  if (answer.judged.length > 0) columns.push({ title: t('view.target'), key: 'target', render: (_, cell) => <Attainment answer={answer} cell={cell.key} /> })
  if (onMark) columns.push({ title: '', key: 'deeper', render: (_, cell) => <button type="button" className="as-link" onClick={() => onMark(cell.key)}>{t('view.deeper')}</button> })
  return <Listing<Row> columns={columns} dataSource={cells.map((cell, key) => ({ ...cell, key }))} page={PAGE} />
}
