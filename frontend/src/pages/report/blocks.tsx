import { Segmented } from 'antd'
import { useState } from 'react'
import { Tiles } from '../../components/paper/parts.tsx'
import { Figure } from './Figure.tsx'
import type { Block, QuotesBlock, ReportPage, TableBlock, ToggleBlock } from '../../components/paper/page.ts'
import { ReportTable } from './ReportTable.tsx'

export function BlockView({ block, dark }: { block: Block; dark: ReportPage['dark'] }) {
  if (is(block, 'figure')) return <Figure figure={block} dark={dark} />
  if (is(block, 'tiles')) return <Tiles block={block} />
  if (is(block, 'paragraph')) return <p className={block.tone || undefined}>{block.text}</p>
  if (is(block, 'heading')) {
    return <><h3 className="sub" id={block.anchor || undefined}>{block.text}</h3>{block.small && <p className="note under">{block.small}</p>}</>
  }
  if (is(block, 'quotes')) return <Quotes block={block} />
  if (is(block, 'toggle')) return <Toggle block={block} />
  return <ReportTable table={block as TableBlock} label={(block as TableBlock).caption} />
}

/** Any kind that is not named here is a table: its kind tells how it is set. */
function is<K extends 'figure' | 'tiles' | 'paragraph' | 'heading' | 'quotes' | 'toggle'>(block: Block, kind: K): block is Extract<Block, { kind: K }> {
  return block.kind === kind
}

function Quotes({ block }: { block: QuotesBlock }) {
  return (
    <ul className="quotes">
      {block.quotes.map((quote, at) => (
        <li key={`${String(at)}${quote.text}`}>
          <blockquote>{quote.text}</blockquote>
          {quote.facts.length > 0 && <p className="who-said">{quote.facts.join(' · ')}</p>}
        </li>
      ))}
    </ul>
  )
}

function Toggle({ block }: { block: ToggleBlock }) {
  const [shown, show] = useState(0)
  return (
    <div className="toggle">
      <Segmented aria-label={block.label} value={shown} onChange={show} options={block.names.map((label, value) => ({ label, value }))} />
      <ReportTable table={block.views[shown === 1 ? 1 : 0]} label={block.names[shown === 1 ? 1 : 0]} />
    </div>
  )
}
