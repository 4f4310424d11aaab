import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RowKind, Said, StoryDataset, StoryRow } from '../../../api/customers.ts'
import { useSay } from '../../../app/language.ts'
import { DASH } from '../../../components/format.ts'

const KINDS: readonly RowKind[] = ['answers', 'orders', 'tickets', 'records']

/** What a customer said, bought and asked for, newest first. */
export function Story({ datasets }: { datasets: StoryDataset[] }) {
  return <>{KINDS.map((kind) => <Part key={kind} kind={kind} datasets={datasets.filter((one) => one.kind === kind)} />)}</>
}

function Part({ kind, datasets }: { kind: RowKind; datasets: StoryDataset[] }) {
  const { t } = useTranslation()
  const rows = datasets.flatMap((dataset) => dataset.rows.map((row) => ({ dataset, row })))
  if (rows.length === 0) return null
  rows.sort((a, b) => (b.row.answered_on ?? '').localeCompare(a.row.answered_on ?? ''))
  return (
    <section className="panel stack">
      <h2>{t(`rowKind.${kind}`)} <span className="soft small">{t('customer.nRows', { n: rows.length })}</span></h2>
      <ol className="story">{rows.map(({ dataset, row }) => <Line key={`${dataset.id} ${row.id}`} dataset={dataset} row={row} />)}</ol>
      {datasets.some(({ cut }) => cut) && <p className="soft small">{t('customer.cut')}</p>}
    </section>
  )
}

function Line({ dataset, row }: { dataset: StoryDataset; row: StoryRow }) {
  const { t } = useTranslation()
  const say = useSay()
  const facts = row.facts.map((one) => `${nameOf(one, say)} ${shown(one, t('common.list'))}`)
  return (
    <li>
      <div className="when">{row.answered_on ?? DASH}<br /><Link to={`/datasets/${dataset.id}`}>{dataset.name}</Link></div>
      <div className="stack tight">
        {row.scores.length > 0 && <div className="scores">{row.scores.map((one) => <span key={one.column}>{nameOf(one, say)} <b>{shown(one, t('common.list'))}</b>{one.max != null && <span className="soft small"> / {one.max}</span>}</span>)}</div>}
        {row.texts.map((one) => <blockquote key={one.column}>{shown(one, t('common.list'))}</blockquote>)}
        {facts.length > 0 && <div className="soft small">{facts.join(' · ')}</div>}
        {row.left_out.length > 0 && <div><span className="tag doubt">{t('customer.leftOut')}</span></div>}
      </div>
    </li>
  )
}

const nameOf = (one: Said, say: (text: Said['label']) => string): string => say(one.label) || one.column
const shown = ({ value }: Said, mark: string): string => (Array.isArray(value) ? value.join(mark) : String(value))
