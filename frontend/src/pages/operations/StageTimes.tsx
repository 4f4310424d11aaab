import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type ApiError } from '../../api/client.ts'
import type { Codebook } from '../../api/data.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import { Downloads } from '../../components/Downloads.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { Bottleneck, StageTable } from '../../components/stages/StageTable.tsx'
import type { Stages } from '../../components/stages/stages.ts'
import { exploreAddress } from '../../components/view/address.ts'
import { useView } from '../../components/view/useView.ts'
import { ViewChart } from '../../components/view/ViewChart.tsx'

type Column = Codebook['columns'][number]
type Props = { id: string; target: string | null; children: (order: string[]) => ReactNode }

/** How long each stage takes and which is the bottleneck; what stands on the order of stages follows. */
export function StageTimes({ id, target, children }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const of = [`/datasets/${id}/stages`, target]
  const read = useQuery<Stages, ApiError>({
    queryKey: of,
    queryFn: ({ signal }) => api.post<Stages>(`/datasets/${id}/stages`, { target }, signal),
    staleTime: 300_000,
  })
  if (read.isError) return <>{children([])}<Alert type="info" showIcon title={read.error.say(language)} /></>
  return <Loaded read={read} rows={8} asked={{ dataset: id, of }}>{(found) => <>{found.order.length > 0 ? <Times id={id} found={found} /> : <Alert type="info" showIcon title={t('operations.noLog')} />}{children(found.order)}</>}</Loaded>
}

function Times({ id, found }: { id: string; found: Stages }) {
  const { t } = useTranslation()
  const { metrics, cluster } = found.times.query
  return (
    <section className="panel flush" aria-label={t('operations.times')}>
      <div className="operations-head"><h2>{t('operations.times')}</h2><Bottleneck found={found} /><span className="gap" /><Downloads path={`/datasets/${id}/query`} body={{ metrics, by: [found.stage_column], cluster }} name="stages" /></div>
      <StageTable found={found} />
      <Notes found={found} />
    </section>
  )
}

function Notes({ found }: { found: Stages }) {
  const say = useSay()
  return <div className="operations-absent small soft">{found.times.notes.map((note) => <p key={say(note)}>{say(note)}</p>)}</div>
}

/** How satisfied customers are at each stage, as wide as there are answers. */
export function ByStage({ id, rating, stage, order }: { id: string; rating: Column; stage: Column; order: string[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const view = { dataset: id, query: { metrics: [`satisfied:${rating.name}`], by: [stage.name], compare: 'rest' }, chart: 'funnel', options: { sort: 'data', order } }
  const read = useView(view)
  if (read.isError) return <Alert type="info" showIcon title={read.error.say(language)} />
  return (
    <section className="panel" aria-label={t('operations.funnel')}>
      <div className="row"><h2>{t('operations.funnel')}</h2><span className="gap" /><Link to={exploreAddress(view)}>{t('operations.explore')}</Link></div>
      <Loaded read={read} rows={8}>{(answer) => <><p className="soft small">{answer.caption}</p><ViewChart answer={answer} /></>}</Loaded>
    </section>
  )
}
