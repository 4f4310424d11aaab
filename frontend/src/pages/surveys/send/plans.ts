/** A mailing's form and its plan: the same thing said twice. */
import type { Channel, ContactKind, Mailing, Occasion, Operator, Plan, Words } from '../../../api/sending.ts'

export type Given = {
  name: string
  channel: Channel
  on: Occasion
  event?: string
  groups?: number
  hours?: number
  dataset?: string
  where?: Condition[]
  fields?: Record<string, string | undefined>
  size?: number | null
  by?: string
  kind: ContactKind
  from: number
  to: number
  reminders: number
  after: number
  language?: string
  subject?: Words
  body?: Words
  sms?: Words
}

export type Condition = { column: string; operator: Operator; values: string[] }

const MONTHLY = '0 9 1 * *'
const MINUTES = 60

export function formOf(mailing: Mailing | null): Partial<Given> {
  if (!mailing?.plan) return { channel: 'mail', on: 'once', kind: 'relationship', from: 9, to: 20, reminders: 1, after: 3, hours: 24, groups: 12 }
  const { plan } = mailing
  return {
    name: mailing.name, channel: plan.channel, on: plan.rule.on, event: plan.rule.event ?? undefined, groups: plan.rule.groups,
    hours: (plan.rule.delay_minutes ?? 0) / MINUTES, dataset: plan.audience?.dataset_id, where: plan.audience?.where?.map((one) => ({ operator: '=' as const, ...one })), fields: plan.audience?.fields,
    size: plan.audience?.sample?.size, by: plan.audience?.sample?.by ?? undefined, kind: plan.kind, from: plan.window.from_hour, to: plan.window.to_hour,
    reminders: plan.reminders.most, after: plan.reminders.after_days, language: plan.language ?? undefined, ...plan.message,
  }
}

/** The plan that a form says; what the form does not show stays as it was. */
export function planOf(given: Given, kept?: Plan): Plan {
  const delayed = given.on === 'event' || given.on === 'rows'
  return {
    ...kept,
    channel: given.channel,
    kind: given.kind,
    audience: given.on === 'event' || !given.dataset ? null : {
      dataset_id: given.dataset,
      where: (given.where ?? []).filter((one) => one.column && one.values.length > 0),
      fields: Object.fromEntries(Object.entries(given.fields ?? {}).filter((pair): pair is [string, string] => Boolean(pair[1]))),
      sample: given.size ? { ...kept?.audience?.sample, size: given.size, by: given.by ?? null } : null,
    },
    rule: { on: given.on, event: given.on === 'event' ? given.event : null, delay_minutes: delayed ? Math.round((given.hours ?? 0) * MINUTES) : 0, cron: given.on === 'wave' ? kept?.rule?.cron ?? MONTHLY : null, groups: given.groups ?? 12 },
    window: { ...kept?.window, from_hour: given.from, to_hour: given.to },
    reminders: { most: given.reminders, after_days: given.after },
    message: { subject: filled(given.subject), body: filled(given.body), sms: filled(given.sms) },
    language: given.language ?? null,
  }
}

/** A field that nobody touched is there without words. */
const filled = (words: Record<string, string | undefined> | undefined): Words =>
  Object.fromEntries(Object.entries(words ?? {}).filter((one): one is [string, string] => Boolean(one[1]?.trim())))
