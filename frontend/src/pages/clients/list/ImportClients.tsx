import { Alert, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'
import { DropFiles } from '../../../components/DropFiles.tsx'
import { DASH } from '../../../components/format.ts'
import { Dialog } from '../../../components/Dialog.tsx'

type Change = { kind: 'added' | 'changed'; key: string; name: string; before: Record<string, unknown>; after: Record<string, unknown>; contacts: number }
type Changes = { counts: Record<string, number>; clients: Change[]; unknown: { where: string; contact: string }[]; fingerprint: string }

const SHOWN_UNKNOWN = 20
const TONE: Record<string, string> = { added: 'good', changed: 'accent' }

function formOf(file: File, fingerprint?: string): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  if (fingerprint) form.append('fingerprint', fingerprint)
  return form
}

/** Clients from one table: first what would change, then exactly that. */
export function ImportClients({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [file, setFile] = useState<File | null>(null)
  const look = useWrite((chosen: File) => api.form<Changes>('/clients/preview', formOf(chosen)), { quiet: true })
  const apply = useWrite((changes: Changes) => api.form('/clients/apply', formOf(file as File, changes.fingerprint)), {
    quiet: true, refresh: ['/clients', '/customers'], done: t('clients.imported'), after: onClose,
  })
  const read = (chosen: File) => {
    setFile(chosen)
    look.mutate(chosen)
  }
  const error = look.error ?? apply.error
  return (
    <Dialog
      title={t('clients.import')} width={760} onCancel={onClose} okText={t('roster.apply')} cancelText={t('common.cancel')} confirmLoading={apply.isPending}
      okButtonProps={{ disabled: !look.data || look.data.clients.length === 0 }} onOk={() => look.data && apply.mutate(look.data)}
    >
      <div className="stack">
        <DropFiles small={file !== null} title={file?.name ?? t('clients.drop')} how={t('clients.importHow')} onFiles={([chosen]) => chosen && read(chosen)} />
        {error && <Alert type="error" showIcon title={error.say(language)} />}
        {look.data && <Preview changes={look.data} />}
      </div>
    </Dialog>
  )
}

function Preview({ changes }: { changes: Changes }) {
  const { t } = useTranslation()
  const columns: TableColumnsType<Change> = [
    { title: t('roster.kind'), key: 'kind', render: (_, row) => <span className={`tag ${TONE[row.kind] ?? ''}`}>{t(`rosterKind.${row.kind}`)}</span> },
    { title: t('clients.name'), dataIndex: 'name' },
    { title: t('audit.change'), key: 'change', render: (_, row) => <span className="wrap small">{difference(row, t)}</span> },
    { title: t('clients.newContacts'), dataIndex: 'contacts', className: 'number' },
  ]
  const counts = Object.entries(changes.counts).filter(([, n]) => n > 0).map(([kind, n]) => `${t(`rosterKind.${kind}`)} ${String(n)}`)
  const unknown = changes.unknown.slice(0, SHOWN_UNKNOWN).map(({ where, contact }) => t('clients.unknownOne', { where, contact }))
  return (
    <>
      <p>{counts.join(' · ')}</p>
      {unknown.length > 0 && <Alert type="warning" showIcon title={t('clients.unknown', { n: changes.unknown.length })} description={unknown.join('；')} />}
      {changes.clients.length > 0 && <Table<Change> columns={columns} dataSource={changes.clients} rowKey="key" size="small" pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }} />}
    </>
  )
}

const difference = ({ before, after }: Change, t: (key: string) => string): string =>
  Object.entries(after).filter(([field]) => field !== 'owner_id').map(([field, value]) => `${t(`clientField.${field}`)}: ${String(before[field] ?? DASH)} → ${String(value ?? DASH)}`).join('；')
