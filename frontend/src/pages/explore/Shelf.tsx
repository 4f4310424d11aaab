import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useId, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { moved, placed } from './drawn.ts'
import { beginDrag, draggedField, endDrag, type Field, type FieldKind } from './fields.ts'

type Props = {
  title: string
  takes: FieldKind
  on: readonly string[]
  fields: readonly Field[]
  hint: string
  onChange: (on: string[]) => void
  onSay: (words: string) => void
}

/** A shelf: things are dropped on it, added by its menu, moved by dragging or with Alt and the arrows, taken off with Delete. */
export function Shelf({ title, takes, on, fields, hint, onChange, onSay }: Props) {
  const { t } = useTranslation()
  const own = fields.filter(({ kind }) => kind === takes)
  const label = (value: string) => own.find((one) => one.value === value)?.label ?? value
  const left = own.filter(({ value }) => !on.includes(value))
  const plus = useRef<HTMLButtonElement>(null)
  /** What had the focus is gone: who works by keys goes on from here. */
  const stay = () => requestAnimationFrame(() => plus.current?.focus({ preventScroll: true }))
  const put = (value: string, before: string | null = null) => {
    const next = placed(on, value, before)
    onChange(next)
    onSay(t('explore.said.put', { name: label(value), shelf: title, place: next.indexOf(value) + 1 }))
  }
  return (
    <ShelfBox title={title} takes={[takes]} onDrop={(field) => put(field.value)}>
      {on.map((value) => (
        <Chip
          key={value} field={{ value, label: label(value), kind: takes }} keys={on.length > 1}
          onBefore={(field) => put(field.value, value)}
          onMove={(by) => { onChange(moved(on, value, by)); onSay(t('explore.said.put', { name: label(value), shelf: title, place: moved(on, value, by).indexOf(value) + 1 })) }}
          onRemove={() => { onChange(on.filter((one) => one !== value)); onSay(t('explore.said.off', { name: label(value), shelf: title })); stay() }}
        />
      ))}
      {on.length === 0 && <span className="hint">{hint}</span>}
      {left.length > 0 && (
        <Dropdown trigger={['click']} autoFocus menu={{ className: 'field-menu', items: left.map(({ value, label: name }) => ({ key: value, label: name })), onClick: ({ key }) => { put(key); stay() } }}>
          <Button ref={plus} type="text" size="small" icon={<PlusOutlined />} aria-label={t('explore.addTo', { shelf: title })} />
        </Dropdown>
      )}
    </ShelfBox>
  )
}

type BoxProps = { title: string; takes: readonly FieldKind[]; onDrop: (field: Field) => void; children: ReactNode }

/** The place itself: it shows that it would take what is dragged over it. */
export function ShelfBox({ title, takes, onDrop, children }: BoxProps) {
  const id = useId()
  const [over, setOver] = useState(false)
  const fits = () => takes.includes(draggedField()?.kind ?? 'metric') && draggedField() !== null
  const drop = (event: React.DragEvent) => {
    setOver(false)
    const field = draggedField()
    if (!field || !takes.includes(field.kind)) return
    event.preventDefault()
    endDrag()
    onDrop(field)
  }
  return (
    <section
      className={over ? 'shelf over' : 'shelf'} aria-labelledby={id}
      onDragOver={(event) => { if (fits()) { event.preventDefault(); setOver(true) } }}
      onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false) }}
      onDrop={drop}
    >
      <h3 id={id}>{title}</h3>
      <div className="chips">{children}</div>
    </section>
  )
}

type ChipProps = { field: Field; keys: boolean; onBefore: (field: Field) => void; onMove: (by: -1 | 1) => void; onRemove: () => void }

const EARLIER = new Set(['ArrowLeft', 'ArrowUp'])
const LATER = new Set(['ArrowRight', 'ArrowDown'])

function Chip({ field, keys, onBefore, onMove, onRemove }: ChipProps) {
  const { t } = useTranslation()
  const press = (event: React.KeyboardEvent) => {
    const by = EARLIER.has(event.key) ? -1 : LATER.has(event.key) ? 1 : 0
    if (event.altKey && by !== 0) {
      event.preventDefault()
      onMove(by)
    } else if (event.key === 'Delete' || event.key === 'Backspace') onRemove()
  }
  const drop = (event: React.DragEvent) => {
    const dropped = draggedField()
    if (dropped?.kind !== field.kind) return
    event.preventDefault()
    event.stopPropagation()
    endDrag()
    onBefore(dropped)
  }
  return (
    <span className="chip-on" draggable onDragStart={(event) => beginDrag(event, field)} onDragEnd={endDrag} onDrop={drop}>
      <button type="button" className="name" onKeyDown={press} aria-keyshortcuts={keys ? 'Alt+ArrowLeft Alt+ArrowRight Delete' : 'Delete'} title={keys ? t('explore.keys') : t('explore.keysOne')}>{field.label}</button>
      <button type="button" className="off" aria-label={t('explore.takeOff', { name: field.label })} onClick={onRemove}><CloseOutlined /></button>
    </span>
  )
}
