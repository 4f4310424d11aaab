/** Datasets, codebooks, imports, as the API says them. */
import type { Text } from '../app/language.ts'

export type Grade = { letter: string; reasons: Text[] }

export type DatasetRow = {
  id: string
  name: string
  rows: number
  doubts: number
  grade: Grade | null
  fresh_at: string | null
  created_at: string
  generated?: boolean
  state?: string
}

export type Version = {
  version: number
  created_at: string
  created_by: string | null
  rows: number
  codebook_version: number
  note: Text | null
  current: boolean
}

export type Lineage = { source: string; kind: string; rows: number; at: string; by: string | null }

export type RuleUse = {
  id: string
  version: number
  title: Text | string
  explanation?: Text | string
  source: Text | string
  excludes: boolean
  applicable: boolean
  note: Text | string | null
  flagged: number
  rows: number[]
}

export type Ledger = { rows: number; valid: number; rules: RuleUse[] }

export type DatasetDetail = DatasetRow & {
  revision: number
  profile: string | null
  zone: string
  retention_days: number | null
  lineage: Lineage[]
  versions: Version[]
  ledger: Ledger | null
  job_id: string | null
}

export type Scale = { min: number; max: number; direction: 1 | -1 }

export type Column = {
  name: string
  label: string
  role: string
  scale: Scale | null
  confidence: number
  reason: Text | string
  group: string | null
  please_check: boolean
}

export type Codebook = { revision: number; profile: string; columns: Column[]; notes: (Text | string)[] }

export type PreviewValue = string | number | boolean | null
export type Preview = { rows: { row: number; raw: Record<string, PreviewValue>; typed: Record<string, PreviewValue> }[] }

export type Uploaded = { id: string; name: string; bytes: number }
