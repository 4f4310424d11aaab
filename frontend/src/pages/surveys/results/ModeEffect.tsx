import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../../api/client.ts'
import { CallChip } from '../../../components/CallChip.tsx'
import type { Cell } from '../../../components/cells.ts'
import { difference, interval } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { NumberWithInterval } from '../../../components/NumberWithInterval.tsx'
import { StackedTable, type StackedColumn } from '../../../components/StackedTable.tsx'

type Props = { dataset: string; measure: string; since: string }
type Answered = { cells: Cell[] }

/** The score of each mode against all other modes, with interval and call. */
export function ModeEffect({ dataset, measure, since }: Props) {
  const { t } = useTranslation()
  const query = { metrics: [measure], by: ['channel'], compare: 'rest' }
  const read = useQuery<Answered, ApiError>({
    queryKey: [`/datasets/${dataset}/query`, 'modes', measure, since],
    queryFn: ({ signal }) => api.post<Answered>(`/datasets/${dataset}/query`, query, signal),
    placeholderData: (before) => before,
    staleTime: Infinity,
    retry: false,
  })
  return (
    <section className="panel stack tight whole" aria-label={t('surveys.modes')}>
      <h2>{t('surveys.modes')}</h2>
      <p className="small soft">{t('surveys.modesHow')}</p>
      <Loaded read={read} rows={3}>{({ cells }) => cells.length < 2 ? <p className="soft">{t('surveys.oneMode')}</p> : <Modes cells={cells} />}</Loaded>
    </section>
  )
}

function Modes({ cells }: { cells: Cell[] }) {
  const { t } = useTranslation()
  const name = (channel: string | null | undefined) => t(`surveyChannel.${channel ?? 'none'}`, { defaultValue: channel ?? '—' })
  const gap = ({ comparison, unit }: Cell) => comparison?.difference == null ? '—' : `${difference(comparison.difference, unit, t('unit.sharePoints'))} ${interval(comparison.low, comparison.high, unit)}`
  const columns: StackedColumn<Cell>[] = [
    { title: t('surveys.mode'), show: ({ by }) => name(by.channel) },
    { title: t('surveys.score'), number: true, show: (cell) => <NumberWithInterval cell={cell} /> },
    { title: t('surveys.againstRest'), number: true, show: gap },
    { title: t('surveys.verdict'), show: (cell) => <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} /> },
  ]
  return <StackedTable columns={columns} rows={cells} rowKey={({ by }) => by.channel ?? ''} />
}
