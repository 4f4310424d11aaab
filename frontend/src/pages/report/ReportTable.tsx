import { useMemo, useState } from 'react'
import { ChipView } from '../../components/paper/ChipView.tsx'
import type { Datum, TableBlock } from '../../components/paper/page.ts'

type Order = { column: number; down: boolean }

/** A table of the report; it can be sorted by any column, missing values last. */
export function ReportTable({ table, label }: { table: TableBlock; label: string }) {
  const [order, setOrder] = useState<Order | null>(null)
  const rows = useMemo(() => (order ? sorted(table.rows, order) : table.rows), [table, order])
  const sortable = table.sortable && table.rows.length > 1
  const press = (column: number) => setOrder((now) => (now?.column === column ? { column, down: !now.down } : { column, down: true }))
  return (
    <>
      <div className="scroll" role={label ? 'region' : undefined} aria-label={label || undefined} tabIndex={0}>
        <table className={table.kind}>
          <thead>
            <tr>
              {table.header.map((name, at) => (
                <th key={`${String(at)}${name}`} scope="col" className={table.numeric.includes(at) ? 'number' : undefined} aria-sort={order?.column === at ? (order.down ? 'descending' : 'ascending') : undefined}>
                  {sortable ? <button type="button" onClick={() => press(at)}>{name}</button> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{rows.map((row, at) => <tr key={at}>{row.map((entry, column) => <Entry key={column} entry={entry} first={column === 0} />)}</tr>)}</tbody>
        </table>
      </div>
      {table.more && <p className="note">{table.more}</p>}
    </>
  )
}

function Entry({ entry, first }: { entry: Datum; first: boolean }) {
  const Tag = first ? 'th' : 'td'
  return (
    <Tag scope={first ? 'row' : undefined} className={entry.number ? 'number' : undefined}>
      {entry.chip ? <ChipView chip={entry.chip} /> : entry.strong ? <strong>{entry.text}</strong> : entry.text}
      {entry.small && <small>{entry.small}</small>}
    </Tag>
  )
}

function keyOf(entry: Datum | undefined): number | string | null {
  if (!entry) return null
  if (entry.sort !== null) return entry.sort
  return entry.number || !entry.text ? null : entry.text
}

function sorted(rows: Datum[][], { column, down }: Order): Datum[][] {
  const sign = down ? -1 : 1
  return [...rows].sort((x, y) => {
    const a = keyOf(x[column])
    const b = keyOf(y[column])
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)))
  })
}
