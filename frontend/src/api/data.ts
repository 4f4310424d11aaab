/** Datasets, codebooks, imports, as the API says them. */
import type { Text } from '../app/language.ts'
import type { Failure, Job } from './types.ts'

export type Grade = { letter: string; reasons: Text[] }

export type Version = {
  version: number
  codebook_version: number
  rows: number
  valid: number
  reason: string
  profile: string
  sources: string[]
  grade: Grade | null
  snapshot: string
  created_at: string
  created_by: string | null
  current?: boolean
  readable?: boolean
}

export type DatasetRow = {
  id: string
  name: string
  zone: string
  generated: boolean
  purpose: string | null
  retention_days: number | null
  archived_at: string | null
  expected_every_days: number | null
  revision: number
  created_at: string
  updated_at: string
  current_version: number | null
  version: Version | null
  /** First day of the month of the newest answers; null where none has a day. */
  last_month: string | null
  freshness?: { stopped: boolean }
  waiting_import: { id: string; status: ImportStatus; error: Failure | null } | null
}

export type Lineage = { import_id: string; source: string; files: string[]; profile: string; rows: number; created_by: string | null; created_at: string }

export type RuleUse = {
  rule_id: string
  version: number
  title: Text
  explanation: Text
  source: Text
  excludes: boolean
  applicable: boolean
  note: Text | null
  n_flagged: number
  rows: number[]
}

export type Ledger = { n_rows: number; n_valid: number; rules: RuleUse[] }

export type MadeFrom = { model_id: string; parents: { dataset_id: string; name: string; version: number }[] }
export type DatasetDetail = DatasetRow & { ledger: Ledger | null; lineage: Lineage[]; made_from: MadeFrom | null }

export type Scale = { min: number; max: number; direction: number; levels?: Record<string, number>; missing?: string[] }

export type Column = {
  name: string
  label: Text
  role: string
  scale: Scale | null
  confidence: number
  usable: boolean
  please_check: boolean
  reason: Text
  group: string | null
  option: string | null
  /** The values of an outcome that say that it happened. */
  events: string[]
}

/** A metric that the server finds a dataset to give; of an aspect of the rules what it is made of. */
export type Offered = { id: string; label: Text; decomposable: boolean; parts?: string[] }

export type Codebook = { version: number; profile: string; text: string; columns: Column[]; doubts: string[]; operations: Offered[]; aspects: { id: string; label: Text; parts: string[] }[] }

export type ImportStatus = 'waiting' | 'understood' | 'loading' | 'done' | 'failed' | 'cancelled'

export type Import = {
  id: string
  dataset_id: string
  status: ImportStatus
  source: string
  profile: string | null
  profile_reason: Text | null
  notes: Text[]
  sources: string[]
  mode: string
  rows: number | null
  new: number | null
  updated: number | null
  same: number | null
  version: number | null
  error: Failure | null
  created_by: string | null
  created_at: string
  finished_at: string | null
  job: Job | null
  job_id: string | null
}

export type Preview = { columns: string[]; rows: (string | null)[][] }

export type Uploaded = { id: string; name: string; size: number }
