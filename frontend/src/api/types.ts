/** Shapes of the server's answers, as the API says them. */
import type { Text } from '../app/language.ts'

export type Right =
  | 'see_scores' | 'see_rows' | 'see_customers' | 'unmask' | 'import_data' | 'edit_codebook' | 'delete_data'
  | 'edit_metrics' | 'manage_people' | 'manage_settings' | 'see_audit' | 'share' | 'manage_jobs' | 'push_rows' | 'manage_own'

export type Role = 'administrator' | 'analyst' | 'manager' | 'front_line' | 'viewer'

export type Myself = {
  id: string
  login: string
  name: string
  role: Role
  role_text: Text
  unit_id: string | null
  has_password: boolean
}

export type Me = {
  staff: Myself
  rights: Right[]
  csrf: string | null
  language: string
  company_name: string | null
  version: string
}

export type JobStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export type Job = {
  id: string
  kind: string
  status: JobStatus
  progress_done: number
  progress_total: number | null
  progress_text: Text | null
  attempts: number
  max_attempts: number
  error: Text | string | null
  created_by: string | null
  created_at: string
  finished_at: string | null
  result: Record<string, unknown> | null
}
