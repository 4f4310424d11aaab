import { useTranslation } from 'react-i18next'
import type { Pivot, PivotCell, ViewAnswer } from './answer.ts'

type Props = { answer: ViewAnswer; table: Pivot; onMark?: ((cell: number) => void) | undefined }

/** Rows by columns with subtotals; the shade says how good a number is, the mark whether that is real. */
export function PivotTable({ answer, table, onMark }: Props) {
  const { t } = useTranslation()
  const shaded = table.rows.some(({ cells }) => cells.some(({ shade }) => shade !== 0))
  return (
    <>
    <div className="scroll-x" tabIndex={0} role="region" aria-label={answer.title}>
      <table className="pivot">
        <thead><Heads table={table} /></thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={`${row.names.join('·')}${String(at)}`} className={row.total ? 'total' : undefined}>
              {row.names.map((name, place) => <th key={table.heads[place]} scope="row">{name}</th>)}
              {row.cells.map((cell, place) => <Shown key={table.columns[place]} cell={cell} onMark={onMark} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {shaded && <p className="tiny soft pivot-legend"><span className="shade up2">{t('view.shade.up')}</span> <span className="shade down2">{t('view.shade.down')}</span></p>}
    </>
  )
}

/** One line of heads; where several metrics stand side by side, each once above its columns. */
function Heads({ table }: { table: Pivot }) {
  const line = (heads: readonly string[]) => heads.map((head, at) => <th key={`${head}${String(at)}`} scope="col">{head}</th>)
  const above = table.above ?? []
  if (above.length === 0) return <tr>{line([...table.heads, ...table.columns])}</tr>
  return (
    <>
      <tr>
        {table.heads.map((head) => <th key={head} scope="col" rowSpan={2}>{head}</th>)}
        {above.map(({ name, columns }) => <th key={name} scope="colgroup" colSpan={columns.length} className="above">{name}</th>)}
      </tr>
      <tr>{above.map(({ columns }) => line(columns))}</tr>
    </>
  )
}

function Shown({ cell, onMark }: { cell: PivotCell; onMark: Props['onMark'] }) {
  const { t } = useTranslation()
  const inside = <><span className="estimate">{cell.text}</span>{cell.mark && <span className={`mark ${cell.tone}`}>{cell.mark}</span>}{cell.small && <span className="evidence">{cell.small}</span>}</>
  return (
    <td className={cell.shade ? `shade ${cell.shade > 0 ? 'up' : 'down'}${String(Math.abs(cell.shade))}` : undefined}>
      {onMark && cell.cell !== null ? <button type="button" title={t('view.deeper')} onClick={() => onMark(cell.cell ?? 0)}>{inside}</button> : inside}
    </td>
  )
}
