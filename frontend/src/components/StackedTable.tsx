import type { ReactNode } from 'react'
import './stacked.css'

export type StackedColumn<Row> = { title: string; number?: boolean; show: (row: Row) => ReactNode }
type Props<Row> = { columns: readonly StackedColumn<Row>[]; rows: readonly Row[]; rowKey: (row: Row) => string }

/** A small table whose first column names the row. On a phone each row is a card: nothing is scrolled sideways. */
export function StackedTable<Row>({ columns, rows, rowKey }: Props<Row>) {
  return (
    <table className="stacked">
      <thead><tr>{columns.map(({ title, number }) => <th key={title} scope="col" className={number ? 'number' : undefined}>{title}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ title, number, show }, at) => at === 0
              ? <th key={title} scope="row">{show(row)}</th>
              : <td key={title} className={number ? 'number' : undefined} data-label={title}>{show(row)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
