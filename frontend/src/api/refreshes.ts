/** Where new rows come from by themselves, as the API says it. */
import type { Text } from '../app/language.ts'

export type Source = { folder?: string | null; pattern?: string | null; url?: string | null; query?: string | null; authorization?: string | null }

export type Refresh = {
  id: string
  dataset_id: string
  kind: string
  source: Source
  mode: 'update' | 'replace'
  schedule: { cron: string; zone: string; enabled: boolean; next_run_at: string | null } | null
  last_good_at: string | null
  last_tried_at: string | null
  last_error: { sentence: Text; at: string } | null
  revision: number
  created_at: string
  created_by: string | null
}

export type Sources = { kinds: { id: string; title: Text }[]; folders: string[]; hosts: string[]; private: boolean }
