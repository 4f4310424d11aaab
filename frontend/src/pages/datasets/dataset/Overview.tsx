import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DatasetDetail } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { ExportMenu } from '../../../components/ExportMenu.tsx'
import { Facts } from '../../../components/Facts.tsx'
import { count } from '../../../components/format.ts'
import { GradeTag } from '../../../components/GradeTag.tsx'
import { useWho } from '../../../components/useWho.ts'
import { When } from '../../../components/When.tsx'
import { MadeFrom } from './MadeFrom.tsx'

export function Overview({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const may = useMay()
  const { version } = dataset
  if (!version) {
    return (
      <div className="panel">
        <EmptyState title={t('dataset.notIn')} how={t('dataset.notInHow')}>
          <Link to={`/datasets/${dataset.id}/codebook`}>{t('dataset.toCodebook')}</Link>
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="stack">
      <div className="panel">
        <Facts
          facts={[
            [t('datasets.rows'), <span className="big-figure" key="rows">{count(version.rows)}</span>],
            [t('dataset.valid'), count(version.valid)],
            [t('datasets.grade'), <GradeTag key="grade" grade={version.grade} />],
            [t('datasets.fresh'), <span key="fresh" className="row"><When at={version.created_at} />{dataset.freshness?.stopped && <span className="tag bad">{t('datasets.stopped')}</span>}</span>],
          ]}
        />
      </div>
      {dataset.retention_days !== null && may('import_data') && <Removing id={dataset.id} />}
      <Reasons dataset={dataset} />
      <Next dataset={dataset} />
      {dataset.made_from && <MadeFrom id={dataset.id} made={dataset.made_from} />}
      <Lineage dataset={dataset} />
    </div>
  )
}

type Due = { preview: { next_on: string | null; rows: number; days: number } | null }

/** When rows are removed next, and how many. */
function Removing({ id }: { id: string }) {
  const { t } = useTranslation()
  const read = useRead<Due>(`/datasets/${id}/retention`)
  const next = read.data?.preview
  if (!next) return null
  const on = next.next_on ? new Date(next.next_on).toLocaleString() : t('retention.tonight')
  return <p className="soft small">{t(next.rows > 0 ? 'retention.next' : 'retention.nextNothing', { days: next.days, on, rows: count(next.rows) })} <Link to="?tab=settings">{t('dataset.settings')}</Link></p>
}

function Reasons({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const say = useSay()
  const grade = dataset.version?.grade
  if (!grade?.reasons.length) return null
  return (
    <section className="panel stack">
      <h2>{t('dataset.why', { letter: grade.letter })}</h2>
      <ul className="plain-list">{grade.reasons.map((reason) => <li key={say(reason)}>{say(reason)}</li>)}</ul>
    </section>
  )
}

const NEXT = ['report', 'explore', 'drivers'] as const

function Next({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  return (
    <nav className="next-steps" aria-label={t('dataset.next')}>
      {NEXT.map((page) => (
        <Link key={page} to={`/${page}?dataset=${dataset.id}`}>
          <strong>{t(`areas.${page}`)}</strong>
          <span className="soft small">{t(`dataset.nextWhat.${page}`)}</span>
        </Link>
      ))}
    </nav>
  )
}

function Lineage({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const who = useWho()
  const may = useMay()
  if (dataset.lineage.length === 0) return null
  return (
    <section className="panel stack">
      <div className="row far"><h2>{t('dataset.lineage')}</h2>{may('import_data') && <ExportMenu path={`/datasets/${dataset.id}/imports`} />}</div>
      <ol className="lineage">
        {dataset.lineage.map((step) => (
          <li key={step.import_id}>
            <span>{step.files.join(t('common.list')) || step.source}</span>
            <span className="soft small">{t(`source.${step.source}`, { defaultValue: step.source })} · {t('dataset.nRows', { n: count(step.rows) })} · <When at={step.created_at} />{step.created_by ? ` · ${who(step.created_by)}` : ''}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
