import { Alert, Table, type TableColumnsType } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useWrite } from '../api/hooks.tsx'
import { useLanguage } from '../app/language.ts'
import { Dialog } from './Dialog.tsx'
import { DropFiles } from './DropFiles.tsx'

export type Change = { kind: string; name: string; before: Record<string, unknown>; after: Record<string, unknown> }
export type Changes = { counts: Record<string, number>; fingerprint: string }
type Fields = Record<string, string>

type Props<T extends Changes> = {
  list: 'staff' | 'clients'
  title: string
  drop: string
  how: string
  done: string
  refresh: string[]
  /** What is chosen beside the file; changed, it is looked at anew. */
  fields?: Fields
  isNothing: (changes: T) => boolean
  preview: (changes: T) => ReactNode
  onClose: () => void
  children?: (chosen: (fields: Fields) => void) => ReactNode
}

function formOf(file: File, fields: Fields): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

/** Rows from one table: first what would change, then exactly that. */
export function ImportChanges<T extends Changes>(props: Props<T>) {
  const { list, fields = {}, isNothing, onClose, children } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const [file, setFile] = useState<File | null>(null)
  const look = useWrite((form: FormData) => api.form<T>(`/${list}/preview`, form), { quiet: true })
  const apply = useWrite((form: FormData) => api.form(`/${list}/apply`, form), { quiet: true, refresh: props.refresh, done: props.done, after: onClose })
  const changes = look.data
  const error = look.error ?? apply.error
  const read = (chosen: File) => {
    setFile(chosen)
    look.mutate(formOf(chosen, fields))
  }
  return (
    <Dialog
      title={props.title} width={760} onCancel={onClose} okText={t('roster.apply')} cancelText={t('common.cancel')} confirmLoading={apply.isPending}
      okButtonProps={{ disabled: !changes || isNothing(changes) }} onOk={() => file && changes && apply.mutate(formOf(file, { ...fields, fingerprint: changes.fingerprint }))}
    >
      <div className="stack">
        <DropFiles small={file !== null} title={file?.name ?? props.drop} how={props.how} onFiles={([chosen]) => chosen && read(chosen)} />
        {children?.((chosen) => file && look.mutate(formOf(file, chosen)))}
        {error && <Alert type="error" showIcon title={error.say(language)} />}
        {changes && <Counts counts={changes.counts} />}
        {changes && props.preview(changes)}
      </div>
    </Dialog>
  )
}

function Counts({ counts }: { counts: Record<string, number> }) {
  const { t } = useTranslation()
  return <p>{Object.entries(counts).filter(([, n]) => n > 0).map(([kind, n]) => `${t(`rosterKind.${kind}`)} ${String(n)}`).join(' · ')}</p>
}

const TONE: Record<string, string> = { added: 'good', changed: 'accent', moved: 'accent', disabled: 'bad', enabled: 'good' }

type TableProps<T extends Change> = { rows: T[]; rowKey: keyof T & string; name: string; columns: TableColumnsType<T>; difference: (row: T) => string }

/** The changes one by one: what becomes of whom. */
export function ChangeTable<T extends Change>({ rows, rowKey, name, columns, difference }: TableProps<T>) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  const all: TableColumnsType<T> = [
    { title: t('roster.kind'), key: 'kind', render: (_, row) => <span className={`tag ${TONE[row.kind] ?? ''}`}>{t(`rosterKind.${row.kind}`)}</span> },
    { title: name, dataIndex: 'name' },
    { title: t('audit.change'), key: 'change', render: (_, row) => <span className="wrap small">{difference(row)}</span> },
  ]
  return <Table<T> columns={[...all.slice(0, 2), ...columns, ...all.slice(2)]} dataSource={rows} rowKey={rowKey} size="small" pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }} />
}
