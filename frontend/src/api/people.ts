/** People and what they may, as the API says it. */
import type { Text } from '../app/language.ts'
import type { Right, Role } from './types.ts'

export type StaffRow = {
  id: string
  login: string
  name: string
  role: Role
  email: string | null
  mobile: string | null
  unit_id: string | null
  language: string
  external_key: string | null
  source: string
  has_password: boolean
  disabled_at: string | null
  updated_at: string
  updated_by: string | null
  revision: number
}

export type RoleText = { role: Role; text: Text; reach: Text; rights: Right[] }
export type Roles = { items: RoleText[]; rights: Record<Right, Text> }

export type Invitation = { id: string; email: string; name: string; role: Role; unit_id: string | null; created_at: string; expires_at: string; accepted_at: string | null; revoked_at: string | null }

export type Unit = { id: string; name: string; parent_id: string | null; code: string | null; position: number; revision: number }

export type RowRule = { id: string; column: string; values: string[]; staff_id: string | null; unit_id: string | null; role: Role | null; dataset_id: string | null; revision: number }

export type Token = { id: string; name: string; prefix: string; scope: Right[]; dataset_ids: string[] | null; created_at: string; expires_at: string; last_used_at: string | null; revoked_at: string | null; by: string }

export type ShareLink = { id: string; kind: string; dataset_id: string | null; version: number | null; payload: Record<string, unknown>; watermark: string | null; has_password: boolean; created_at: string; expires_at: string; revoked_at: string | null; n_opened: number; by: string }

export type AuditRow = { seq: number; at: string; actor: string | null; actor_id: string | null; action: string; noun: string; noun_id: string | null; before: unknown; after: unknown; address: string | null; request_id: string | null }

export type Setting = { key: string; value: boolean | number | string | null; default: boolean | number | string | null; text: Text; least: number | null; most: number | null; revision: number }
