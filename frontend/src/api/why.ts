/** `huiyin why --json`, as docs/contracts.md says it. */
import type { Text } from '../app/language.ts'
import type { Call, Cell, Definition } from '../components/cells.ts'
import type { Unit } from '../components/format.ts'
import type { Result } from '../components/question/result.ts'

export type Span = { estimate: number; low: number | null; high: number | null }

export type Group = {
  dimension: string
  label: Text
  value: string | null
  folded: number
  n_before: number
  n_after: number
  share_before: number
  share_after: number
  before: number | null
  after: number | null
  mix: number
  rate: number
  contribution: Span
  beyond: Span
  p: number | null
  q: number | null
  call: Call | null
  pushes: boolean
  flags: string[]
}

export type Dimension = { column: string; label: Text; mix: Span; rate: Span; spread: number; p: number | null; q: number | null; mix_q: number | null; reversed: boolean; groups: Group[] }

export type Side = { since: string | null; until: string | null }

export type Voice = { dimension: string; value: string; text: string; column: string; rating: number | null; band: string | null; concern: Text | null }

/** A number beside the competitor's, over those who rated both. */
export type Aspect = Cell & { name: Text; ours: number | null }

export type Gap = { rival: Text; ours: number | null; theirs: number | null; aspects: Aspect[]; n_behind: number | null }

export type Why = {
  data: Result['data']
  definition: Definition
  unit: Unit
  before: Side
  after: Side
  whole: Cell
  /** The other side with its interval; null where it cannot be given. */
  whole_before?: Cell | null
  /** Only beside a competitor. */
  gap?: Gap
  finding: Text
  dimensions: Dimension[]
  contributors: Group[]
  family: number
  voices: Voice[]
  notes: Text[]
  not_estimable?: string
}

export type Event = {
  id: string
  kind: string
  kind_words: Text
  title: string
  note: string
  since: string
  until: string
  where: Record<string, string>
  coincidence: { cell: Cell | null; q: number | null; call: Call | null; sentence: Text }
}
