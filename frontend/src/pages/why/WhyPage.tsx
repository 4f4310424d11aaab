import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../api/client.ts'
import type { Codebook } from '../../api/data.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import type { Cell } from '../../components/cells.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { asAsked, hasTime, isGap, measureChoices, measuresOfBoth, rivalBlocks, withOperations, type Choice } from '../../components/measures.ts'
import { DatasetPage, WithColumns } from '../../components/DatasetPage.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { Answer } from './Answer.tsx'
import { ADDRESS, lastMonth } from './asked.ts'
import { WhyForm } from './WhyForm.tsx'
import './why.css'

/** Why a number changed: where the change sits, what people there say, what happened meanwhile. */
export function Page() {
  const { t } = useTranslation()
  const [chosen] = useAddress()
  const gap = isGap(chosen.get('compare') ?? '')
  return (
    <DatasetPage title={t(gap ? 'why.gap.title' : 'why.title')} lead={t(gap ? 'why.gap.lead' : 'why.lead')} clears={ADDRESS}>
      {(id) => <WithColumns key={id} id={id}>{(columns, operations) => <Asked id={id} columns={columns} operations={operations} />}</WithColumns>}
    </DatasetPage>
  )
}

function Asked({ id, columns, operations }: { id: string } & Pick<Codebook, 'columns' | 'operations'>) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const [chosen] = useAddress()
  const asked = chosen.get('metric')
  const measures = useMemo(
    () => asAsked(withOperations(measureChoices(columns, t, say).filter(({ value }) => value !== 'index'), operations.filter((one) => one.decomposable), say), asked ? [asked] : [], columns, say),
    [columns, operations, asked, t, language],
  )
  const first = measures[0]
  const rivals = useMemo(() => rivalBlocks(columns, t), [columns, t])
  const both = useMemo(() => measuresOfBoth(measures, columns), [measures, columns])
  const timed = hasTime(columns)
  const compare = chosen.get('compare') ?? (timed ? null : rivals[0]?.value ?? null)
  if (compare && isGap(compare)) return <Beside id={id} measures={both} rivals={rivals} compare={compare} timed={timed} />
  if (!timed) return <div className="panel"><EmptyState title={t('why.noTime')} how={t('why.noTimeHow')} /></div>
  if (!first) return <div className="panel"><EmptyState title={t('why.noMetric')} /></div>
  return <Dated id={id} measures={measures} first={first} rivals={rivals} />
}

/** A gap to a competitor: all days, and the aspect furthest behind, unless they are chosen. */
function Beside({ id, measures, rivals, compare, timed }: { id: string; measures: Choice[]; rivals: Choice[]; compare: string; timed: boolean }) {
  const [chosen, choose] = useAddress()
  const asked = { metric: chosen.get('metric') ?? '', compare, since: chosen.get('since') ?? '', until: chosen.get('until') ?? '' }
  return (
    <div className="stack">
      <WhyForm measures={measures} asked={asked} rivals={rivals} timed={timed} onChange={(part) => choose({ ...asked, ...part }, { replace: false })} />
      <Answer id={id} asked={asked} />
    </div>
  )
}

function Dated({ id, measures, first, rivals }: { id: string; measures: Choice[]; first: Choice; rivals: Choice[] }) {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const metric = chosen.get('metric') ?? first.value
  const since = chosen.get('since')
  const until = chosen.get('until')
  const compare = chosen.get('compare') ?? 'previous'
  const of = [`/datasets/${id}/query`, 'months', metric]
  const months = useQuery<{ cells: Cell[] }, ApiError>({
    queryKey: of,
    queryFn: ({ signal }) => api.post(`/datasets/${id}/query`, { metrics: [metric], grain: 'month' }, signal),
    enabled: !(since && until), staleTime: Infinity,
  })
  const given = since && until ? { since, until } : lastMonth(months.data?.cells ?? [])
  if (!given) return <Loaded read={months} rows={10} asked={{ dataset: id, of }}>{() => <div className="panel"><EmptyState title={t('why.nothing')} /></div>}</Loaded>
  const asked = { metric, compare, ...given }
  return (
    <div className="stack">
      <WhyForm measures={measures} asked={asked} rivals={rivals} timed onChange={(part) => choose({ ...asked, ...part }, { replace: false })} />
      <Answer id={id} asked={asked} />
    </div>
  )
}
