import type { TableColumnsType } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CallChip } from '../../components/CallChip.tsx'
import type { Cell } from '../../components/cells.ts'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'
import { Drawn } from './Numbers.tsx'
import type { Bounded, Groups, Ranking, Result } from './result.ts'
import { Listing } from '../../components/Listing.tsx'

type Row = { key: string; cell: Cell; tier?: number; sure?: boolean }

const keyOf = (by: Record<string, string | null>): string => JSON.stringify(Object.entries(by))
const nameOf = (by: Record<string, string | null>, unknown: string): string => Object.values(by).map((value) => value ?? unknown).join(' · ')

function useCells(result: Result): Map<string, Cell> {
  return useMemo(() => new Map(result.cells.map((cell) => [keyOf(cell.by), cell])), [result])
}

/** Groups in their order, each with its interval and whether it really differs from the rest. */
export function Ranked({ result, ranking }: { result: Result; ranking: Ranking }) {
  const cells = useCells(result)
  const rows = useMemo(() => ranking.places.flatMap((place) => {
    const cell = cells.get(keyOf(place.by))
    return cell ? [{ key: keyOf(place.by), cell, tier: place.tier }] : []
  }), [ranking, cells])
  return <Listed result={result} rows={rows} />
}

/** The groups past a bound: those that are for sure, then those of which nobody can tell. */
export function Bounds({ result, bounded }: { result: Result; bounded: Bounded }) {
  const { t } = useTranslation()
  const cells = useCells(result)
  const rows = useMemo(() => {
    const take = (groups: Groups, sure: boolean): Row[] => groups.flatMap((by) => {
      const cell = cells.get(keyOf(by))
      return cell ? [{ key: keyOf(by), cell, sure }] : []
    })
    return [...take(bounded.real, true), ...take(bounded.cannot_tell, false)]
  }, [bounded, cells])
  return rows.length > 0 ? <Listed result={result} rows={rows} /> : <p className="soft">{t('ask.noneOver')}</p>
}

function Listed({ result, rows }: { result: Result; rows: Row[] }) {
  const drawn = useMemo(() => rows.map(({ cell }) => cell), [rows])
  return (
    <>
      <Drawn result={result} metric={result.definition[0]?.metric ?? ''} cells={drawn} ordered />
      <Listing<Row> columns={useColumns(result, rows)} dataSource={rows} page={20} />
    </>
  )
}

function useColumns(result: Result, rows: Row[]): TableColumnsType<Row> {
  const { t } = useTranslation()
  const higher = result.definition[0]?.higher_is_better ?? true
  const columns: TableColumnsType<Row> = [
    { title: result.query.by.join(' · '), key: 'group', className: 'wrap', render: (_, { cell }) => nameOf(cell.by, t('query.unknown')) },
    { title: t('query.value'), key: 'value', className: 'number', render: (_, { cell }) => <NumberWithInterval cell={cell} /> },
  ]
  if (rows.some(({ sure }) => sure !== undefined)) columns.push({ title: t('query.call'), key: 'sure', render: (_, { sure }) => <span className={`chip ${sure ? 'bad' : 'unknown'}`}><span aria-hidden="true">{sure ? '●' : '◌'}</span> {t(sure ? 'ask.sure' : 'ask.cannotTell')}</span> })
  if (rows.some(({ cell }) => cell.comparison)) columns.push({ title: t('ask.toRest'), key: 'call', render: (_, { cell }) => <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} higherIsBetter={higher} /> })
  if (rows.some(({ tier }) => tier !== undefined)) columns.push({ title: t('ask.tier'), key: 'tier', className: 'number', render: (_, { tier }) => tier })
  return columns
}
