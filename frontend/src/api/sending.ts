/** Sending, as the API says it. */
import type { Text } from '../app/language.ts'
import type { Unit } from '../components/format.ts'

export const CHANNELS = ['mail', 'sms', 'link'] as const
export type Channel = (typeof CHANNELS)[number]
export const OCCASIONS = ['once', 'rows', 'event', 'wave'] as const
export type Occasion = (typeof OCCASIONS)[number]
export const CONTACT_KINDS = ['relationship', 'transaction', 'other'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

export const OPERATORS = ['=', '!=', '<', '<=', '>', '>='] as const
export type Operator = (typeof OPERATORS)[number]
export type Where = { column: string; operator?: Operator; values: string[] }
export type Audience = { dataset_id: string; where?: Where[]; fields?: Record<string, string>; sample?: { size: number; by?: string | null; seed?: number } | null }
export type Words = Record<string, string>

export type Plan = {
  channel: Channel
  kind?: ContactKind
  purpose?: string | null
  needs_consent?: boolean
  audience?: Audience | null
  rule?: { on: Occasion; event?: string | null; delay_minutes?: number; cron?: string | null; groups?: number }
  window?: { zone?: string; days?: number[]; from_hour: number; to_hour: number }
  reminders?: { most: number; after_days: number }
  message?: { subject?: Words; body?: Words; sms?: Words }
  language?: string | null
}

export type MailingStatus = 'draft' | 'running' | 'paused' | 'stopped'
export type Mailing = { id: string; survey_id: string; name: string; status: MailingStatus; plan: Required<Plan> | null; n?: number; all_sent?: boolean; next_wave_at?: string | null; held_up?: Text | null; fault?: Text | null; revision: number; updated_at: string }
export type Excluded = { reason: string; text: Text; n: number }
export type AudienceCount = { n_before: number; n_eligible: number; n_asked: number; excluded: Excluded[] }
export type MessagePreview = { customer_id: string | null; to: string; sender: string | null; subject: string | null; html: string | null; text: string; reason: Text | null }
export type Steps = { mailing_id: string; channel: Channel; planned: number; sent: number; delivered: number | null; delivered_by: 'receipt' | 'no_bounce' | 'unknown'; opened: number; started: number; finished: number; bounced: number; refused: number }
export type ChannelSteps = Omit<Steps, 'mailing_id'> & { finished_share: number | null }
export type RawScore = { estimate: number | null; low: number | null; high: number | null; n: number | null; unit: Unit | null; why: Text | null }
export type Beside = { metric: string; groups: { value: string | null; n_base: number | null; n_answered: number | null; answered_share: number | null }[]; raw: RawScore; raked: RawScore | null }
export type Needed = { by: Record<string, string | null>; unit: string; estimate: number | null; n: number | null; half_width: number | null; n_more: number | null; why: Text | null }
export type OpenSteps = { link_id: string; name: string; kind: string; opened: number; started: number; finished: number; screened_out: number }

export type Transport<T> = { settings: T | null; has_secret: boolean; revision: number }
export type MailSettings = { host: string; port: number; security: 'tls' | 'starttls' | 'none'; user?: string; from_address: string; from_name?: string; reply_to?: string }
export type BounceSettings = { host: string; port: number; security: 'tls' | 'starttls' | 'none'; user: string; folder: string; on: boolean }
export type SmsSettings = { url: string; method: 'GET' | 'POST' | 'PUT'; headers: Record<string, string>; body: string; success: string }
export type Frequency = { limits: { kind: ContactKind | null; most: number; days: number }[]; reminders: boolean; revision: number }
export type Blocked = { id: string; shown: string; kind: string; reason: string; source: string; added_at: string; added_by: string | null }
export type Outcome = { taken: boolean; why: string }

export const WIDGET_LOOKS = ['popup', 'inline'] as const
export type Widget = { look: (typeof WIDGET_LOOKS)[number]; share: number; trigger: string | null; delay_seconds: number; rest_days: number; kind: ContactKind; known_only: boolean }
export type WidgetLink = { id: string; kind: string; name: string; code: string; closed: boolean; revision: number; options: { sites: string[]; widget: Widget } }
