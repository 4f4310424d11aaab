import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { Lines } from '../../components/paper/parts.tsx'
import { BlockView } from './blocks.tsx'
import { Contents } from './Contents.tsx'
import type { Chapter, ReportPage } from '../../components/paper/page.ts'

/** The report: contents at the left, conclusions first, then the evidence chapter by chapter. */
export function Paper({ page }: { page: ReportPage }) {
  const { t } = useTranslation()
  const { search } = useLocation()
  return (
    <div className="report">
      <Contents chapters={page.chapters} />
      <article className="paper paper-parts" lang={page.language}>
        <Cover page={page} />
        <section id="conclusions" className="chapter first">
          <h2>{t('report.conclusions')}</h2>
          <Lines lines={page.lines} to={(anchor) => `${search}#${anchor}`} />
        </section>
        {page.chapters.map((chapter) => <ChapterView key={chapter.anchor} chapter={chapter} dark={page.dark} />)}
      </article>
    </div>
  )
}

function Cover({ page }: { page: ReportPage }) {
  const { t } = useTranslation()
  return (
    <header className="cover">
      <p className="kind">{page.kind}</p>
      <h1>{page.title}</h1>
      {page.is_sample && <p className="sample">{t('dataset.generatedHow')}</p>}
      <dl>{page.facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </header>
  )
}

function ChapterView({ chapter, dark }: { chapter: Chapter; dark: ReportPage['dark'] }) {
  return (
    <section id={chapter.anchor} className="chapter">
      <h2>{chapter.title}</h2>
      <p className="lead">{chapter.lead}</p>
      {chapter.blocks.map((block, at) => <BlockView key={`${block.kind}${String(at)}`} block={block} dark={dark} />)}
    </section>
  )
}
