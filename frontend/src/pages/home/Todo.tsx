import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DatasetRow } from '../../api/data.ts'
import { useMay } from '../../app/me.tsx'

/** What waits for a person: imports to check, imports that failed. */
export function Todo({ datasets }: { datasets: DatasetRow[] }) {
  const { t } = useTranslation()
  const may = useMay()
  const waiting = datasets.filter(({ waiting_import }) => waiting_import?.status === 'understood' || waiting_import?.status === 'failed')
  if (!may('import_data') || waiting.length === 0) return null
  return (
    <section className="panel stack">
      <h2>{t('home.todo')}</h2>
      <ul className="home-list">
        {waiting.map(({ id, name, waiting_import }) => {
          const failed = waiting_import?.status === 'failed'
          return (
            <li key={id}>
              <Link to={failed ? `/datasets/${id}` : `/datasets/${id}/codebook`}>{name}</Link>
              <span className={`tag ${failed ? 'bad' : 'doubt'}`}>{t(failed ? 'importStatus.failed' : 'datasets.toLoad')}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
