import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DatasetDetail } from '../../../api/data.ts'
import { useSay } from '../../../app/language.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Facts } from '../../../components/Facts.tsx'
import { count } from '../../../components/format.ts'
import { GradeTag } from '../../../components/GradeTag.tsx'
import { When } from '../../../components/When.tsx'

export function Overview({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  if (dataset.versions.length === 0) {
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
            [t('datasets.rows'), <span className="big-figure" key="rows">{count(dataset.rows)}</span>],
            dataset.ledger && [t('dataset.valid'), count(dataset.ledger.valid)],
            [t('datasets.grade'), <GradeTag key="grade" grade={dataset.grade} />],
            [t('datasets.fresh'), <When key="fresh" at={dataset.fresh_at} />],
            [t('datasets.doubts'), dataset.doubts > 0 ? <Link key="doubts" to={`/datasets/${dataset.id}/codebook`}>{t('datasets.toCheck', { count: dataset.doubts })}</Link> : t('common.none')],
          ]}
        />
      </div>
      <Reasons dataset={dataset} />
      <Next dataset={dataset} />
      <Lineage dataset={dataset} />
    </div>
  )
}

function Reasons({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const say = useSay()
  if (!dataset.grade?.reasons.length) return null
  return (
    <section className="panel stack">
      <h2>{t('dataset.why', { letter: dataset.grade.letter })}</h2>
      <ul className="plain-list">{dataset.grade.reasons.map((reason) => <li key={say(reason)}>{say(reason)}</li>)}</ul>
    </section>
  )
}

const NEXT = ['report', 'query', 'drivers'] as const

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
  if (dataset.lineage.length === 0) return null
  return (
    <section className="panel stack">
      <h2>{t('dataset.lineage')}</h2>
      <ol className="lineage">
        {dataset.lineage.map((step) => (
          <li key={`${step.at}${step.source}`}>
            <span>{step.source}</span>
            <span className="soft small">{t(`dataset.kind.${step.kind}`, { defaultValue: step.kind })} · {count(step.rows)} · <When at={step.at} />{step.by ? ` · ${step.by}` : ''}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
