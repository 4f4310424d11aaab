/** Shapes of the server's answers, as the API says them. */
import type { Text } from '../app/language.ts'

export type Right =
  | 'see_scores' | 'see_rows' | 'see_customers' | 'unmask' | 'import_data' | 'edit_codebook' | 'delete_data'
  | 'edit_metrics' | 'manage_people' | 'manage_settings' | 'see_audit' | 'share' | 'manage_jobs' | 'push_rows' | 'manage_own'
  | 'edit_surveys' | 'send_surveys' | 'enter_answers' | 'edit_calendar' | 'make_groups' | 'keep_boards'

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

/** Why a job or an import failed: a code for programs, a sentence for people. */
export type Failure = { code: string; sentence: Text }

export type JobStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export type Job = {
  id: string
  kind: string
  status: JobStatus
  done: number
  total: number | null
  stage: Text | null
  attempts: number
  error: Failure | null
  result: Record<string, unknown> | null
  created_by: string | null
  created_at: string
  started_at: string | null
  finished_at: string | null
  cancel_asked: boolean
}
