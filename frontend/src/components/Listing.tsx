import { Table, type TableColumnsType, type TableProps } from 'antd'
import './page.css'

type Props<T> = Omit<TableProps<T>, 'columns' | 'pagination'> & {
  columns: TableColumnsType<T>
  /** How many rows a page of it holds; all of them where it is not said. */
  page?: number
}

/** A table of numbers; on a phone each row is a card, and every cell bears its column's name. */
export function Listing<T extends object>({ columns, page = Infinity, dataSource = [], ...rest }: Props<T>) {
  const pagination = dataSource.length > page ? { pageSize: page, showSizeChanger: false } : false
  return (
    <div className="listing-panel">
      <Table<T> className="listing" size="middle" scroll={{ x: 'max-content' }} {...rest} columns={columns.map(named)} dataSource={dataSource} pagination={pagination} />
    </div>
  )
}

/** Each cell bears its column's name: on a phone a row is a card, and no header stands above it. */
export function named<T>(column: TableColumnsType<T>[number]): TableColumnsType<T>[number] {
  const name = typeof column.title === 'string' ? column.title : undefined
  return { ...column, onCell: (row, at) => ({ 'data-label': name, ...column.onCell?.(row, at) }) }
}
