import { SearchOutlined } from '@ant-design/icons'
import { Button, Input, Table, type TableColumnsType } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Params } from '../api/client.ts'
import { usePages, type Page } from '../api/hooks.tsx'
import { Fault } from '../app/shell/Fault.tsx'
import { EmptyState } from './EmptyState.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { count } from './format.ts'
import { named } from './Listing.tsx'
import { useAddress } from './useAddress.ts'
import './page.css'

type Props<T> = {
  path: string
  columns: TableColumnsType<T>
  rowKey: keyof T & string
  params?: Params
  filters?: ReactNode
  empty?: ReactNode
  /** What is said where a search or filter leaves nothing; words of its own where the filter is a place. */
  none?: ReactNode
  to?: (row: T) => string
  exports?: boolean
  searches?: boolean
  local?: (row: T) => string
  onRead?: (page: Page<T> | undefined) => void
  label: string
}

/** A list that can be searched, filtered, exported and linked to: what is chosen stands in the address. */
export function DataTable<T extends object>(props: Props<T>) {
  const { path, columns, rowKey, params, to, empty, none, label, local, onRead } = props
  const { t } = useTranslation()
  const go = useNavigate()
  const [chosen, choose] = useAddress()
  const search = chosen.get('search')
  const asked = local ? { ...params } : { ...params, search }
  const pages = usePages<T>(path, asked)
  const read = pages.data?.pages.flatMap((page) => page.items) ?? []
  const rows = local && search ? read.filter((row) => local(row).toLowerCase().includes(search.toLowerCase())) : read
  const first = pages.data?.pages[0]
  const total = first?.total ?? 0
  useEffect(() => onRead?.(first), [first, onRead])
  const panel = useRef<HTMLElement>(null)
  useEffect(() => reachable(panel.current))
  if (pages.isError) return <Fault error={pages.error} onRetry={() => void pages.refetch()} />
  const filtered = Boolean(search) || Object.entries(params ?? {}).some(([name, value]) => name !== 'sort' && Boolean(value))
  const nothing = filtered ? ((!search && none) || <EmptyState title={t('common.noMatch')} how={t('common.noMatchHow')} />) : (empty ?? <EmptyState title={t('common.empty')} />)
  if (!pages.isPending && rows.length === 0 && !filtered) return <div className="panel">{nothing}</div>
  return (
    <section ref={panel} className="panel flush listing-panel" aria-label={label}>
      <Tools {...props} asked={asked} />
      <Table<T>
        className={to ? 'listing links' : 'listing'} columns={columns.map(named)} dataSource={rows} rowKey={rowKey} size="middle"
        onChange={(_, __, sorter) => { if (!Array.isArray(sorter) && sorter.column?.sorter === true) choose({ sort: `${sorter.order === 'ascend' ? '' : '-'}${String(sorter.columnKey)}` }) }}
        sortDirections={['descend', 'ascend', 'descend']} pagination={false} loading={pages.isPending} scroll={{ x: 'max-content' }} locale={{ emptyText: pages.isPending ? <div className="loading-rows" /> : nothing }}
        onRow={to ? (row) => ({ onClick: (event) => { if (!isControl(event.target)) void go(to(row)) } }) : undefined}
      />
      <div className="table-foot">
        <span>{t('common.shown', { shown: count(rows.length), total: count(total) })}</span>
        {pages.hasNextPage && <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>{t('common.more')}</Button>}
      </div>
    </section>
  )
}

const isControl = (target: EventTarget): boolean => target instanceof Element && target.closest('a, button, input, .ant-dropdown') !== null

function Tools<T>({ path, filters, local, exports = local === undefined, searches = true, asked }: Props<T> & { asked: Params }) {
  if (!searches && !exports && !filters) return null
  return (
    <div className="table-tools">
      {searches && <Search />}
      {filters}
      <span className="gap" />
      {exports && <ExportMenu path={path} params={asked} />}
    </div>
  )
}

/** A table without a control in it is pushed along by keyboard too. */
function reachable(panel: HTMLElement | null): void {
  const table = panel?.querySelector('.ant-table-content')
  if (table && !table.querySelector('a, button, input')) table.setAttribute('tabindex', '0')
}

const TYPING_MS = 250

function Search() {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const [words, setWords] = useState(chosen.get('search') ?? '')
  useEffect(() => {
    if (words === (chosen.get('search') ?? '')) return
    const timer = setTimeout(() => choose({ search: words || null }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [words, chosen, choose])
  return (
    <Input prefix={<SearchOutlined aria-hidden />} allowClear value={words} placeholder={t('common.search')} aria-label={t('common.search')} onChange={(event) => setWords(event.target.value)} />
  )
}
