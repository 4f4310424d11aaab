import { Alert, Switch, Table, type TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'
import { DropFiles } from '../../../components/DropFiles.tsx'
import { Dialog } from '../../../components/Dialog.tsx'

type Person = { kind: string; login: string; name: string; before: Record<string, unknown>; after: Record<string, unknown> }
type Changes = { counts: Record<string, number>; units_added: string[][]; people: Person[]; fingerprint: string }

const TONE: Record<string, string> = { added: 'good', changed: 'accent', moved: 'accent', disabled: 'bad', enabled: 'good' }

function formOf(file: File, disable: boolean, fingerprint?: string): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  form.append('disable_missing', String(disable))
  if (fingerprint) form.append('fingerprint', fingerprint)
  return form
}

/** Staff and units from one workbook: first what would change, then exactly that. */
export function ImportStaff({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [file, setFile] = useState<File | null>(null)
  const [disable, setDisable] = useState(false)
  const look = useWrite(({ chosen, gone }: { chosen: File; gone: boolean }) => api.form<Changes>('/staff/preview', formOf(chosen, gone)), { quiet: true })
  const apply = useWrite((changes: Changes) => api.form('/staff/apply', formOf(file as File, disable, changes.fingerprint)), {
    quiet: true, refresh: ['/staff', '/units'], done: t('roster.done'), after: onClose,
  })
  const read = (chosen: File, gone: boolean) => {
    setFile(chosen)
    setDisable(gone)
    look.mutate({ chosen, gone })
  }
  const error = look.error ?? apply.error
  const nothing = look.data !== undefined && look.data.people.length === 0 && look.data.units_added.length === 0
  return (
    <Dialog
      title={t('roster.title')} width={760} onCancel={onClose} okText={t('roster.apply')} cancelText={t('common.cancel')} confirmLoading={apply.isPending}
      okButtonProps={{ disabled: !look.data || nothing }} onOk={() => look.data && apply.mutate(look.data)}
    >
      <div className="stack">
        <DropFiles small={file !== null} title={file?.name ?? t('roster.drop')} how={t('roster.how')} onFiles={([chosen]) => chosen && read(chosen, disable)} />
        <label className="row"><Switch checked={disable} onChange={(gone) => { setDisable(gone); if (file) read(file, gone) }} />{t('roster.missing')}</label>
        {error && <Alert type="error" showIcon title={error.say(language)} />}
        {look.data && <Preview changes={look.data} />}
      </div>
    </Dialog>
  )
}

function Preview({ changes }: { changes: Changes }) {
  const { t } = useTranslation()
  const columns: TableColumnsType<Person> = [
    { title: t('roster.kind'), key: 'kind', render: (_, row) => <span className={`tag ${TONE[row.kind] ?? ''}`}>{t(`rosterKind.${row.kind}`)}</span> },
    { title: t('people.name'), dataIndex: 'name' },
    { title: t('people.login'), dataIndex: 'login' },
    { title: t('audit.change'), key: 'change', render: (_, row) => <span className="wrap small">{difference(row, t)}</span> },
  ]
  const counts = Object.entries(changes.counts).filter(([, n]) => n > 0).map(([kind, n]) => `${t(`rosterKind.${kind}`)} ${String(n)}`)
  return (
    <>
      <p>{counts.join(' · ')}</p>
      {changes.units_added.length > 0 && <p className="small soft">{t('roster.units')} {changes.units_added.map((path) => path.join(' / ')).join('、')}</p>}
      {changes.people.length > 0 && <Table<Person> columns={columns} dataSource={changes.people} rowKey="login" size="small" pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }} />}
    </>
  )
}

const difference = ({ before, after }: Person, t: TFunction): string =>
  Object.entries(after).filter(([key, value]) => before[key] !== value).map(([key, value]) => `${t(`roster.field.${key}`, { defaultValue: key })}：${String(before[key] ?? '—')} → ${String(value ?? '—')}`).join('；')
