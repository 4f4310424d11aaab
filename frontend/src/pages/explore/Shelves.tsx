import { useTranslation } from 'react-i18next'
import { useState } from 'react'
import type { Column } from '../../api/data.ts'
import { hasTime } from '../../components/measures.ts'
import type { Condition } from '../../components/question/asked.ts'
import { Compare } from '../../components/question/Compare.tsx'
import { More } from '../../components/question/More.tsx'
import { placed, type Drawn } from './drawn.ts'
import { Fields } from './Fields.tsx'
import type { Field } from './fields.ts'
import { Filters } from './Filters.tsx'
import { MadeDrawer } from './made/MadeDrawer.tsx'
import { Shelf } from './Shelf.tsx'
import { TimeShelf } from './TimeShelf.tsx'

type Props = { id: string; columns: Column[]; fields: readonly Field[]; drawn: Drawn; onChange: (part: Partial<Drawn>) => void }

/** What is asked: the shelves, and beside them everything that can be put there. */
export function Shelves({ id, columns, fields, drawn, onChange }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Condition | null>(null)
  const [said, say] = useState('')
  const timed = hasTime(columns)
  const add = ({ kind, value }: Field) => {
    if (kind === 'metric') onChange({ metrics: placed(drawn.metrics, value) })
    else if (kind === 'group') onChange({ by: placed(drawn.by, value) })
    else onChange({ grain: value })
  }
  return (
    <>
      <aside className="shelves panel" aria-label={t('explore.shelves')}>
        <Shelf title={t('explore.shelf.metrics')} takes="metric" on={drawn.metrics} fields={fields} hint={t('explore.hint.metrics')} onChange={(metrics) => onChange({ metrics })} onSay={say} />
        <Shelf title={t('explore.shelf.by')} takes="group" on={drawn.by} fields={fields} hint={t('explore.hint.by')} onChange={(by) => onChange({ by })} onSay={say} />
        {timed && <TimeShelf drawn={drawn} onChange={onChange} />}
        <Filters id={id} columns={columns} metric={drawn.metrics[0] ?? fields.find(({ kind }) => kind === 'metric')?.value} where={drawn.where} draft={draft} onDraft={setDraft} onChange={(where) => onChange({ where })} />
        <section className="shelf"><Compare id={id} timed={timed} asked={drawn} target named={drawn.period !== null} onChange={onChange} /></section>
        <More id={id} columns={columns} asked={drawn} onChange={onChange} />
        <p className="hidden" role="status">{said}</p>
      </aside>
      <section className="palette panel" aria-label={t('explore.fields')}>
        <Fields fields={fields} used={new Set([...drawn.metrics, ...drawn.by, ...(drawn.grain ? [drawn.grain] : [])])} onAdd={add} onFilter={({ value }) => setDraft({ column: value, operator: '=', values: [] })} />
        <MadeDrawer id={id} columns={columns} metrics={fields.filter(({ kind }) => kind === 'metric')} />
      </section>
    </>
  )
}
