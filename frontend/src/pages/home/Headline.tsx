import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DatasetRow } from '../../api/data.ts'
import { GeneratedTag } from '../../components/GeneratedTag.tsx'
import { JobView } from '../../components/JobProgress.tsx'
import { Lines, Tiles } from '../../components/paper/parts.tsx'
import type { Block, TilesBlock } from '../../components/paper/page.ts'
import { useReport } from '../../components/paper/useReport.ts'
import '../../components/paper/paper.css'

const MOST_LINES = 5
/** Of the facts of the cover: its days, and how many answers. */
const WINDOW = [1, 3] as const

/** The dataset looked at last in a few numbers and sentences; the report has the rest. */
export function Headline({ dataset }: { dataset: DatasetRow }) {
  const { t } = useTranslation()
  const { page, job } = useReport(dataset.id, 'general')
  const tiles = page?.chapters.flatMap(({ blocks }) => blocks).find(isTiles)
  return (
    <section className="panel stack paper-parts">
      <div className="row far">
        <h2>{dataset.name} <GeneratedTag datasets={[dataset.id]} /></h2>
        <Link to={`/report?dataset=${dataset.id}`}><Button>{t('dataset.report')}</Button></Link>
      </div>
      {!page && job && <JobView job={job} />}
      {page && <p className="tiny soft">{page.facts.slice(...WINDOW).map(([name, value]) => t('home.fact', { name, value })).join(' · ')}</p>}
      {tiles && <Tiles block={{ ...tiles, tiles: tiles.tiles.slice(0, 4) }} />}
      {page && <Lines lines={page.lines.slice(0, MOST_LINES)} to={(anchor) => `/report?dataset=${dataset.id}#${anchor}`} />}
    </section>
  )
}

const isTiles = (block: Block): block is TilesBlock => block.kind === 'tiles'
