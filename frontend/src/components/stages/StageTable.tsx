import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import type { Cell } from '../cells.ts'
import { DASH } from '../format.ts'
import { NumberWithInterval } from '../NumberWithInterval.tsx'
import type { Stages } from './stages.ts'
import { Listing } from '../Listing.tsx'
import './stages.css'

type Row = { stage: string; cells: Record<string, Cell>; share: Cell | undefined }
const HIDDEN: ReadonlySet<string> = new Set(['stage_within'])
const SHARE = 'stage_share:'

/** The stage that takes most of the time, or from which it cannot be told. */
export function Bottleneck({ found }: { found: Stages }) {
  const say = useSay()
  if (!found.bottleneck) return null
  const { sure, sentence } = found.bottleneck
  return <p className="stage-bottleneck"><span aria-hidden="true">{sure ? '▲' : '◌'}</span> {say(sentence)}</p>
}

/** Every stage as cases pass it: how long, how often over the target, waited and worked, its part of all time; in brief how long, and its part. */
export function StageTable({ found, brief = false }: { found: Stages; brief?: boolean }) {
  const { t } = useTranslation()
  const say = useSay()
  const metrics = found.times.definition.filter(({ metric }) => !HIDDEN.has(kind(metric)))
  const shown = brief ? metrics.filter(({ metric }) => ['stage_time', 'stage_time_p90'].includes(kind(metric))) : metrics
  const rows = found.order.map((stage) => rowOf(found, stage))
  const columns: TableColumnsType<Row> = [
    { title: t('operations.stage'), key: 'stage', render: (_, { stage }) => <strong className="stage-name">{stage}</strong> },
    ...(found.shares ? [{ title: t('operations.share'), key: 'share', className: 'number', render: (_: unknown, { share }: Row) => <One cell={share} /> }] : []),
    ...shown.map(({ metric, label }) => ({ title: say(label), key: metric, className: 'number wrap', render: (_: unknown, { cells }: Row) => (firstWait(cells[metric]) ? <span className="soft">{DASH} {t('operations.firstStage')}</span> : <One cell={cells[metric]} />) })),
  ]
  return <Listing<Row> columns={columns} dataSource={rows} rowKey="stage" {...(brief ? { size: 'small' as const, scroll: {} } : {})} locale={{ emptyText: t('operations.noStage') }} />
}

const One = ({ cell }: { cell: Cell | undefined }) => (cell ? <NumberWithInterval cell={cell} /> : DASH)
/** Nothing stands before the first stage that a case could have waited for. */
const firstWait = (cell: Cell | undefined): boolean => cell !== undefined && kind(cell.metric) === 'stage_wait' && cell.not_estimable === 'no_answers'
const kind = (metric: string): string => metric.split(':')[0] ?? metric

function rowOf({ times, shares, stage_column: column }: Stages, stage: string): Row {
  const own = times.cells.filter(({ by }) => by[column] === stage)
  return { stage, cells: Object.fromEntries(own.map((cell) => [cell.metric, cell])), share: shares?.cells.find(({ metric }) => metric === `${SHARE}${stage}`) }
}
