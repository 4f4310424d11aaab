/** Questionnaires, as the API says them; `Definition` is that of `GET /surveys/schema`. */
import type { Text } from '../app/language.ts'

export const KINDS = ['nps', 'csat', 'ces', 'single', 'multiple', 'matrix', 'ranking', 'slider', 'text', 'date', 'file', 'contact', 'consent', 'note'] as const
export type Kind = (typeof KINDS)[number]
export const LOOKS = ['numbers', 'stars', 'faces', 'words'] as const
export type Look = (typeof LOOKS)[number]
export type Op = 'is' | 'is_not' | 'at_least' | 'at_most' | 'includes' | 'excludes' | 'answered' | 'unanswered'
export type Ending = 'complete' | 'screened_out'
export type Words = Record<string, string>

export type Value = string | number | boolean | null
export type Test = { question: string; op: Op; value?: Value }
export type FieldTest = { field: string; op: Op; value?: Value }
export type Condition = Test | FieldTest | { all: Condition[] } | { any: Condition[] } | { no: Condition }

export type Option = { code: string; label: Words; exclusive?: boolean; fixed?: boolean }
export type Row = { code: string; label: Words; aspect?: string | null }

/** One question: `kind` says which of the settings it has. */
export type Question = {
  kind: Kind
  id: string
  title: Words
  help?: Words
  required?: boolean
  show_if?: Condition | null
  look?: Look
  low?: Words
  high?: Words
  words?: Words[]
  not_applicable?: boolean
  points?: number
  role?: string
  aspect?: string | null
  direction?: 1 | -1
  minimum?: number
  maximum?: number
  step?: number
  options?: Option[]
  random_order?: boolean
  as_list?: boolean
  events?: string[]
  least?: number
  most?: number | null
  rows?: Row[]
  long?: boolean
  longest?: number
  megabytes?: number
  accepts?: string[]
  fields?: string[]
  purpose?: string
}

export type Jump = { when?: Condition | null; to?: string | null; end?: Ending | null }
export type SurveyPage = { id: string; title?: Words; questions: Question[]; show_if?: Condition | null; random_order?: boolean; jumps?: Jump[] }
export type Quota = { id: string; name: Words; where: Condition; most: number; full?: Ending; words?: Words }

export type Definition = {
  title: Words
  languages?: string[]
  intro?: Words
  thanks?: Words
  screened_out?: Words
  privacy?: Words
  pages: SurveyPage[]
  quotas?: Quota[]
  fields?: string[]
  theme?: { color?: string; logo?: string | null }
  anonymous?: boolean
  proof_of_work?: boolean
  redirect?: string | null
}

export type Status = 'draft' | 'open' | 'paused' | 'closed'

export type SurveyRow = {
  id: string
  name: string
  status: Status
  version: number | null
  dataset_id: string | null
  template: string | null
  opens_at: string | null
  closes_at: string | null
  archived: boolean
  revision: number
  updated_at: string
  updated_by: string | null
}

export type QuotaPlaces = { id: string; most: number; taken: number | null; full: boolean }
export type Survey = SurveyRow & { draft: Definition }
export type DayCount = { day: string; n: number }
export type Counts = { n: number | null; n_half: number | null; n_waiting: number | null; days: DayCount[]; counted_at: string | null }
export type SurveyCounts = Counts & { id: string; measure: string | null }
export type Results = SurveyRow & Counts & { measure: string | null; measures: string[]; channels: { channel: string | null; n: number | null }[]; minimum_n?: number }

export type SentFile = { id: string; answer: string; question: string; title: Words; name: string; kind: string; size: number; sent_at: string; finished: boolean }

export type Finding = { code: string; severity: 'error' | 'warning'; sentence: Text; advice: Text | null; page: string | null; question: string | null; quota: string | null }

export type Review = {
  findings: Finding[]
  minutes: { shortest: number; longest: number }
  sentences: {
    questions: Record<string, Text>
    pages: Record<string, { show: Text | null; jumps: Text[] }>
    quotas: Record<string, Text>
  }
}

export type Drawn = { html: string; page: string | null; answers: Record<string, unknown>; own: Record<string, string> }
export type Change = { kind: string; sentence: Text; question: string | null; comparable: boolean }
export type SurveyVersion = { version: number; published_at: string; published_by: string | null }
export type SurveyLink = { id: string; kind: string; name: string; code: string; path: string; address: string; closed: boolean }
export type Template = { id: string; industry: string; name: Text; purpose: Text; competitor: boolean; anonymous: boolean; minutes: number }
export type ReadFile = { draft: Definition; left: Text[] }
export type ExportForm = { format: string; left: Text[] }
