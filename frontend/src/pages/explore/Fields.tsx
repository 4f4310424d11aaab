import { FilterOutlined, HolderOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginDrag, endDrag, type Field, type FieldKind } from './fields.ts'

type Props = { fields: readonly Field[]; used: ReadonlySet<string>; onAdd: (field: Field) => void; onFilter: (field: Field) => void }

const KINDS: readonly FieldKind[] = ['metric', 'group', 'time']
const SEARCH_FROM = 12
/** How a metric is written: its name, and the column where it needs one. */
const WRITTEN = /^[a-z][a-z0-9_]*(:.+)?$/

/** Everything that can be asked about: dragged onto a shelf, or added by its button. */
export function Fields({ fields, used, onAdd, onFilter }: Props) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const words = search.trim()
  const found = fields.filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()))
  return (
    <details className="fields" open>
      <summary>{t('explore.fields')}</summary>
      {fields.length >= SEARCH_FROM && <Input size="small" allowClear value={search} placeholder={t('explore.search')} aria-label={t('explore.search')} onChange={({ target }) => setSearch(target.value)} />}
      {found.length === 0 && WRITTEN.test(words) && <Button size="small" type="link" icon={<PlusOutlined />} onClick={() => onAdd({ value: words, label: words, kind: 'metric' })}>{t('explore.asWritten', { name: words })}</Button>}
      {KINDS.map((kind) => {
        const own = found.filter((one) => one.kind === kind)
        return own.length > 0 && (
          <div key={kind}>
            <h4>{t(`explore.kind.${kind}`)}</h4>
            <ul className={kind}>
              {own.map((field) => (
                <li key={field.value} draggable onDragStart={(event) => beginDrag(event, field)} onDragEnd={endDrag} className={used.has(field.value) ? 'used' : undefined}>
                  <HolderOutlined aria-hidden="true" /><span title={field.label}>{field.label}</span>
                  {kind === 'group' && <Button type="text" size="small" icon={<FilterOutlined />} aria-label={t('explore.filterBy', { name: field.label })} onClick={() => onFilter(field)} />}
                  <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t('explore.put', { name: field.label })} onClick={() => onAdd(field)} />
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </details>
  )
}
