import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { DatasetRow } from '../../api/data.ts'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import { useMay, useMe } from '../../app/me.tsx'
import { DropFiles } from '../../components/DropFiles.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { count } from '../../components/format.ts'
import { GradeTag } from '../../components/GradeTag.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { useFirst } from '../../components/useFirst.ts'
import { When } from '../../components/When.tsx'
import { AskBox } from './AskBox.tsx'
import { Headline } from './Headline.tsx'
import { Today } from './Today.tsx'
import { Todo } from './Todo.tsx'
import './home.css'

const MOST = 8

/** What to do today: what waits for me, the newest conclusions, the datasets. */
export function Page() {
  const { t } = useTranslation()
  const { staff } = useMe()
  const read = useRead<Listed<DatasetRow>>('/datasets')
  return (
    <>
      <PageHead title={t('home.hello', { name: staff.name })} />
      <Loaded read={read} rows={8}>{({ items }) => (items.length === 0 ? <First /> : <Day datasets={items} />)}</Loaded>
    </>
  )
}

function First() {
  const { t } = useTranslation()
  const go = useNavigate()
  const may = useMay()
  if (!may('import_data')) return <div className="panel"><EmptyState title={t('datasets.none')} how={t('datasets.noneForReader')} /></div>
  return (
    <div className="panel stack first">
      <h2>{t('home.first')}</h2>
      <p className="soft">{t('home.firstHow')}</p>
      <DropFiles onFiles={(files) => void go('/datasets/new', { state: { files } })} />
      {may('edit_surveys') && <p className="row">{t('home.firstAsk')} <Button onClick={() => void go('/surveys/new')}>{t('surveys.fromTemplate')}</Button></p>}
    </div>
  )
}

function Day({ datasets }: { datasets: DatasetRow[] }) {
  const { t } = useTranslation()
  const loaded = datasets.filter(({ version }) => version !== null)
  const [newest] = useFirst(loaded)
  return (
    <div className="day">
      <div className="stack">
        <Today />
        <AskBox datasets={loaded} />
        <Todo datasets={datasets} />
        {newest && <Headline dataset={newest} />}
      </div>
      <section className="panel stack" aria-label={t('areas.datasets')}>
        <div className="row far"><h2>{t('areas.datasets')}</h2><Link to="/datasets">{t('common.all')}</Link></div>
        <ul className="home-list">
          {datasets.slice(0, MOST).map((dataset) => (
            <li key={dataset.id}>
              <Link to={`/datasets/${dataset.id}`}>{dataset.name}</Link>
              <span className="row tiny soft">
                {dataset.version && <>{t('dataset.nRows', { n: count(dataset.version.rows) })}<GradeTag grade={dataset.version.grade} /></>}
                <When at={dataset.version?.created_at ?? dataset.updated_at} />
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
