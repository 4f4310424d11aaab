/** Boards, as `/boards` gives them (docs/contracts.md). */
import type { Text } from '../app/language.ts'
import type { Stages } from '../components/stages/stages.ts'
import type { ViewAnswer, ViewDocument } from '../components/view/answer.ts'

export type TileKind = 'number' | 'view' | 'text' | 'todo' | 'voices' | 'stages'

export type Tile = {
  id: string
  kind: TileKind
  title: Text
  view: ViewDocument | null
  text: Text
  act: Text
  goal: number | null
  x: number
  y: number
  w: number
  h: number
}

export type BoardDocument = {
  name: Text
  about: Text
  role: string | null
  industry: string | null
  period: string | null
  where: string[]
  tiles: Tile[]
  left_out: Text[]
}

export type BoardRow = {
  id: string
  name: Text
  about: Text
  role: string | null
  shared: boolean
  mine: boolean
  may_change: boolean
  tiles: number
  revision: number
  updated_by: string | null
  updated_at: string
}

export type Board = BoardRow & { definition: BoardDocument }

export type Industry = { id: string; name: Text }

export type RoleBoard = { id: string; name: Text; about: Text; tiles: number }

export type Light = { goal: number; attainment: 'reached' | 'missed' | 'cannot_tell'; attainment_words: Text; company: boolean }

export type TodoLine = { tile: string; urgency: 'missed' | 'worse' | 'below'; sentence: Text; act: Text | null }

export type Voice = { text: string; column: string; rating: number | null; band: string | null; by: Record<string, string> }

export type TileAnswer = {
  id: string
  kind: TileKind
  answer?: ViewAnswer
  light?: Light | null
  unfiltered?: string[]
  undated?: boolean
  /** Which days it speaks of, in words. */
  days?: Text
  voices?: Voice[]
  lines?: TodoLine[]
  heard?: number
  silent?: number
  stages?: Stages
  refused?: Text
}

export type Comment = { id: string; tile: string; author: string; author_id: string; words: string; mentions: string[]; created_at: string }

export type BoardVersion = { version: number; note_text: Text; tiles: number; created_by: string | null; created_at: string }

export type Colleague = { id: string; name: string }

export const PERIODS = ['last_7_days', 'last_30_days', 'last_month', 'last_3_months', 'last_12_months', 'this_quarter', 'last_quarter', 'this_year', 'last_year', 'all'] as const
