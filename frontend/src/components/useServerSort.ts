import type { TableColumnType } from 'antd'
import { useAddress } from './useAddress.ts'

type Sorting = { sort: string; by: <T>(name: string) => Pick<TableColumnType<T>, 'sorter' | 'sortOrder' | 'key' | 'showSorterTooltip'> }

/** Sorting that the server does; it stands in the address: `-score` is score, highest first. */
export function useServerSort(usual: string): Sorting {
  const [chosen] = useAddress()
  const sort = chosen.get('sort') ?? usual
  const order = sort.startsWith('-') ? ('descend' as const) : ('ascend' as const)
  return {
    sort,
    by: (name) => ({ key: name, sorter: true, showSorterTooltip: false, sortOrder: sort.replace(/^-/, '') === name ? order : null }),
  }
}
