import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../../api/client.ts'
import { CallChip } from '../../../components/CallChip.tsx'
import type { Cell } from '../../../components/cells.ts'
import { difference, interval } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { NumberWithInterval } from '../../../components/NumberWithInterval.tsx'

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
  return (
    <div className="scrolled"><table className="channels">
      <thead><tr>{['mode', 'score', 'againstRest', 'verdict'].map((key) => <th key={key} scope="col">{t(`surveys.${key}`)}</th>)}</tr></thead>
      <tbody>
        {cells.map((cell) => <tr key={cell.by.channel ?? ''}><th scope="row">{name(cell.by.channel)}</th><td><NumberWithInterval cell={cell} /></td><td className="number">{gap(cell)}</td><td><CallChip comparison={cell.comparison} unit={cell.unit} /></td></tr>)}
      </tbody>
    </table></div>
  )
}
