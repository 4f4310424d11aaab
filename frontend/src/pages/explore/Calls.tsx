import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import { CallChip } from '../../components/CallChip.tsx'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'
import type { Cell } from '../../components/cells.ts'
import { cellName, type ViewAnswer } from '../../components/view/answer.ts'
import { Attainment } from '../../components/view/Attainment.tsx'

const MOST = 40
const WEIGHT: Record<string, number> = { real: 0, cannot_tell: 1, stable: 2 }
const UNSAID = 3
const ABSENT = 4

/** Orders in which the data's own is kept here. */
const RATHER_NAMED: ReadonlySet<string> = new Set(['name', 'data', 'n'])

/** What really differs first, what has no number at all last. */
const place = (cell: Cell): number => (cell.estimate === null || cell.estimate === undefined ? ABSENT : WEIGHT[cell.comparison?.call ?? ''] ?? UNSAID)

type Props = { answer: ViewAnswer; marked: number | null; onMark: (cell: number) => void }

/** Every number in words beside the chart: what really differs first; each leads deeper, by mouse or by key. */
export function Calls({ answer, marked, onMark }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const { cells, definition } = answer.result
  const better = new Map(definition.map((one) => [one.metric, one.higher_is_better]))
  const timed = answer.result.query.grain !== null
  const way = answer.view.options?.sort === 'worst' ? -1 : 1
  const good = ({ metric, estimate }: Cell) => (better.get(metric) === false ? -1 : 1) * (estimate ?? 0) * way
  const alike = (a: Cell, b: Cell) => a.unit === b.unit && !RATHER_NAMED.has(String(answer.view.options?.sort))
  const only = answer.view.options?.only as string[] | undefined
  const [column] = answer.result.query.by
  const drawn = ({ by }: Cell) => !only || column === undefined || only.includes(by[column] ?? '')
  const order = cells.map((cell, at) => ({ cell, at })).filter(({ cell }) => drawn(cell))
    .sort((a, b) => place(a.cell) - place(b.cell) || (timed ? b.at - a.at : (alike(a.cell, b.cell) ? good(b.cell) - good(a.cell) : 0) || a.at - b.at))
  return (
    <aside className="calls panel" aria-label={t('explore.calls')}>
      <h2>{t('explore.calls')}</h2>
      <ul>
        {order.slice(0, MOST).map(({ cell, at }) => (
          <li key={at} className={at === marked ? 'marked' : undefined}>
            <button type="button" className="as-link" aria-pressed={at === marked} onClick={() => onMark(at)}>{cellName(cell, answer, t, say)}</button>
            <NumberWithInterval cell={cell} />
            <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} by={cell.by} higherIsBetter={better.get(cell.metric) ?? true} />
            <Attainment answer={answer} cell={at} />
          </li>
        ))}
      </ul>
      {order.length > MOST && <p className="soft small">{t('explore.callsCut', { shown: MOST, total: order.length })}</p>}
    </aside>
  )
}
