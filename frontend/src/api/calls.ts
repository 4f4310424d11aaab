/** Calls, as the API says them. */
export type CallOutcome = 'no_answer' | 'later' | 'refused'
export type OpenCall = { id: string; customer_id: string; attempts: number; outcome: CallOutcome | null; call_at: string | null }
export type Call = { id: string | null; path: string }
