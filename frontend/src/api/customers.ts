/** Customers and the companies they work for, as the API says them. */
import type { Text } from '../app/language.ts'
import type { Cell, Definition } from '../components/cells.ts'

export type ClientName = { id: string; name: string; tier: string | null }
export type Consent = 'unknown' | 'given' | 'refused' | 'withdrawn'

export type ContactField = {
  id: string
  name: string
  dataset_id: string | null
  kind: string
  masked: string
  purpose: string | null
  consent: Consent
  consent_at: string | null
  collected_at: string
}
export type ClearField = ContactField & { value: string }

export type Attribute = { column: string; label: Text; value: string; on: string | null; dataset: string }

export type CustomerRow = {
  id: string
  rows: number
  datasets: number
  first_on: string | null
  last_on: string | null
  client: ClientName | null
  fields: ContactField[]
  attributes: Attribute[]
}

export type Said = { column: string; label: Text; role: string; value: string | number | string[]; min?: number; max?: number }
export type StoryRow = { id: string; answered_on: string | null; left_out: string[]; scores: Said[]; texts: Said[]; facts: Said[] }
export type RowKind = 'answers' | 'orders' | 'tickets' | 'records'
export type StoryDataset = { id: string; name: string; purpose: string | null; kind: RowKind; cut: boolean; rows: StoryRow[] }

export type Trend = {
  dataset_id: string
  dataset: string
  column: string
  label: Text
  min: number
  max: number
  points: { on: string; value: number }[]
}

export type CustomerDetail = {
  id: string
  client: ClientName | null
  fields: ContactField[]
  attributes: Attribute[]
  datasets: StoryDataset[]
  trends: Trend[]
}

export type Erasure = { fields: number; datasets: { id: string; name: string; rows: number; files: number }[] }

export type Client = {
  id: string
  key: string
  name: string
  tier: string | null
  contract: string | null
  contract_from: string | null
  renewal_on: string | null
  owner_id: string | null
  owner: { id: string; name: string } | null
  revision: number
}
export type ClientRow = Client & { customers: number; score: Cell | null }
export type Scored = {
  dataset_id: string
  dataset: string
  metric: string
  since: string | null
  until: string | null
  definition: Definition | null
  choices: { dataset_id: string; dataset: string; metrics: string[] }[]
}
export type ClientScores = { dataset_id: string; dataset: string; since: string | null; until: string | null; cells: Cell[]; definition: Definition[] }
export type ClientDetail = Client & { customers: number; scores: ClientScores[] }
