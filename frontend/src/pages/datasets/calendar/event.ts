import type { Happened } from '../../../components/events/events.ts'

export const KINDS = ['release', 'campaign', 'price', 'incident', 'holiday', 'other'] as const

export type CalendarEvent = Happened & { dataset_id: string | null; source: string; revision: number; updated_by: string | null; updated_at: string }
