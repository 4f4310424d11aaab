import type { ChipWords } from './page.ts'

/** A call as the report words it. */
export function ChipView({ chip }: { chip: ChipWords }) {
  return <span className={`chip ${chip.tone}`}><span aria-hidden="true">{chip.shape}</span> {chip.word}{chip.detail}</span>
}
