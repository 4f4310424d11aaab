import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ChipView } from './ChipView.tsx'
import type { ReportPage, TilesBlock } from './page.ts'

/** The headline scores side by side. */
export function Tiles({ block }: { block: TilesBlock }) {
  return (
    <div className="tiles">
      {block.tiles.map((tile) => (
        <div key={tile.label} className={tile.absent ? 'tile none' : 'tile'}>
          <h3>{tile.label}</h3>
          <p className="value">{tile.value}</p>
          {tile.small && <p className="evidence">{tile.small}</p>}
          {tile.note && <p className="evidence">◌ {tile.note}</p>}
          {tile.chip && <p><ChipView chip={tile.chip} /></p>}
        </div>
      ))}
    </div>
  )
}

type LinesProps = { lines: ReportPage['lines']; to: (anchor: string) => string }

/** The conclusions, each with its mark and a way to its evidence. */
export function Lines({ lines, to }: LinesProps) {
  const { t } = useTranslation()
  if (lines.length === 0) return <p className="lead">{t('report.noConclusions')}</p>
  return (
    <ol className="lines">
      {lines.map((line) => (
        <li key={line.sentence} className={line.tone}>
          <span className="mark">{line.mark}</span>
          <p>{line.sentence} {line.anchor && <Link to={to(line.anchor)}>{t('report.see')}</Link>}</p>
        </li>
      ))}
    </ol>
  )
}
