import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { AuditRow } from '../../../api/people.ts'
import { useSay, type Text } from '../../../app/language.ts'
import type { Condition } from '../../../components/question/asked.ts'

/** Names by id, of units and datasets: the log keeps ids. */
export type Ids = ReadonlyMap<string, string>

type Named = { id: string; name: string }

const MOST = 500

export function useIds(): Ids {
  const units = useRead<Listed<Named>>('/units')
  const datasets = useRead<Listed<Named>>('/datasets', { limit: MOST })
  return new Map([...(units.data?.items ?? []), ...(datasets.data?.items ?? [])].map(({ id, name }) => [id, name]))
}

/** What was changed, field by field, in words; what is not known by a name stands as the log has it. */
export function Change({ row, ids }: { row: AuditRow; ids: Ids }) {
  const { t } = useTranslation()
  const say = useSay()
  if (row.before === null && row.after === null) return <span className="soft">—</span>
  const fields = fieldsOf(row)
  const words = fields.map(([name, before, after]) => `${t(`auditField.${name}`, { defaultValue: name })}${t('common.colon')}${shown(after ?? before, t, ids, say)}`).join(t('common.comma'))
  return (
    <details className="wrap small">
      <summary>{words.length > BRIEF ? `${words.slice(0, BRIEF)}…` : words || '—'}</summary>
      <dl className="audit-fields">
        {fields.map(([name, before, after]) => (
          <div key={name}><dt>{t(`auditField.${name}`, { defaultValue: name })}</dt><dd>{row.before !== null && row.after !== null && !same(before, after) && <><del>{shown(before, t, ids, say)}</del> → </>}{shown(after ?? before, t, ids, say)}</dd></div>
        ))}
      </dl>
    </details>
  )
}

const BRIEF = 60

type Plain = string | number | boolean | null | undefined
type Field = [name: string, before: unknown, after: unknown]

const same = (before: unknown, after: unknown): boolean => JSON.stringify(before) === JSON.stringify(after)

type Say = ReturnType<typeof useSay>

/** Words in several languages, as a board's name is. */
const isText = (value: object): value is Text => Object.entries(value).length > 0 && Object.entries(value).every(([key, words]) => (key === 'zh-CN' || key === 'en') && typeof words === 'string')

const isCondition = (value: object): value is Condition => 'column' in value && 'operator' in value && 'values' in value && Array.isArray(value.values)

function fieldsOf({ before, after }: AuditRow): Field[] {
  const [was, is] = [before, after].map((side) => (side ?? {}) as Record<string, unknown>)
  return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].map((name) => [name, was?.[name], is?.[name]])
}

/** A value as people read it: yes and no, lists, and a sentence in the reader's language where there is one. */
function shown(value: unknown, t: TFunction, ids: Ids, say: Say): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (Array.isArray(value)) return value.map((one) => shown(one, t, ids, say)).join(t('common.list')) || '—'
  if (typeof value !== 'object') return ids.get(String(value as Plain)) ?? String(value as Plain)
  if (isText(value)) return say(value)
  if (isCondition(value)) return `${value.column} ${t(`operator.${value.operator}`, { defaultValue: value.operator })} ${value.values.join(t('common.list'))}`
  return Object.entries(value).map(([key, one]) => `${t(`auditField.${key}`, { defaultValue: key })} ${shown(one, t, ids, say)}`).join(t('common.comma')) || '—'
}
