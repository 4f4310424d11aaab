/** What `POST …/ask` gives: the shape of `huiyin ask --json` (docs/contracts.md). */
import type { Text } from '../../app/language.ts'
import type { Call } from '../../components/cells.ts'
import type { DriverResult } from '../../api/drivers.ts'
import type { Result as QueryResult } from '../../components/question/result.ts'
import type { Condition } from '../../components/question/asked.ts'
import type { Voice, Why } from '../../api/why.ts'
import type { Concerned } from '../../components/concerns.ts'

export type Compare = { against: string; column: string | null; value: string | null } | null
export type Query = { metrics: string[]; by: string[]; where: Condition[]; since: string | null; until: string | null; grain: string | null; compare: Compare }
export type Result = QueryResult & { query: Query & QueryResult['query'] }

export type Place = { by: Record<string, string | null>; estimate: number; shrunken: number; tier: number; call: Call | null; worse: boolean; n: number }
export type Ranking = { places: Place[]; n_groups: number; n_real: number; n_hidden: number }
export type Groups = Record<string, string | null>[]
export type Bounded = { real: Groups; cannot_tell: Groups; n_groups: number; n_hidden: number }
export type Relation = { columns: [string, string]; correlation: number; low: number | null; high: number | null; p: number | null; n: number }

export type Answered = {
  answer: 'query'
  question: string
  kind: string
  reading: Text
  /** What it keeps of the questions before it, and whether it would be answered without them. */
  carried?: Text
  stands_alone?: boolean
  query: Query
  rank: { best?: number; worst?: number } | null
  threshold: string | null
  sentence: Text
  /** The last day of the data, where the days asked for go on after it. */
  ends?: string | null
  result?: Result
  ranking?: Ranking
  bounded?: Bounded
  why?: Why
  drivers?: DriverResult
  relation?: Relation | null
  /** Whose words the viewer may read, where the question is about more; empty: nobody's. */
  words_of?: Condition[]
  voices?: (Pick<Voice, 'text' | 'column' | 'rating'> & { by?: Record<string, string | null>; about?: string[] })[]
  concerns?: Concerned
  rated?: string | null
}
export type AskedBack = { answer: 'ask_back'; question: string; reason: string; text: Text; options: string[]; model?: Text }
export type Refused = { answer: 'refuse'; question: string; reason: string; text: Text; model?: Text }
export type Found = Answered | AskedBack | Refused
