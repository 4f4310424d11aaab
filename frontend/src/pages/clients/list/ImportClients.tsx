import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { DASH } from '../../../components/format.ts'
import { ChangeTable, ImportChanges, type Change, type Changes } from '../../../components/ImportChanges.tsx'

type ClientChange = Change & { key: string; contacts: number }
type ClientChanges = Changes & { clients: ClientChange[]; unknown: { where: string; contact: string }[] }

const SHOWN_UNKNOWN = 20

/** Clients from one table. */
export function ImportClients({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <ImportChanges<ClientChanges>
      list="clients" title={t('clients.import')} drop={t('clients.drop')} how={t('clients.importHow')} done={t('clients.imported')} refresh={['/clients', '/customers']}
      isNothing={({ clients }) => clients.length === 0} preview={(changes) => <Preview changes={changes} />} onClose={onClose}
    />
  )
}

function Preview({ changes }: { changes: ClientChanges }) {
  const { t } = useTranslation()
  const unknown = changes.unknown.slice(0, SHOWN_UNKNOWN).map(({ where, contact }) => t('clients.unknownOne', { where, contact }))
  return (
    <>
      {unknown.length > 0 && <Alert type="warning" showIcon title={t('clients.unknown', { n: changes.unknown.length })} description={unknown.join(t('common.semicolon'))} />}
      <ChangeTable<ClientChange>
        rows={changes.clients} rowKey="key" name={t('clients.name')} columns={[{ title: t('clients.newContacts'), dataIndex: 'contacts', className: 'number' }]}
        difference={(row) => difference(row, t)}
      />
    </>
  )
}

const difference = ({ before, after }: Change, t: (key: string) => string): string =>
  Object.entries(after).filter(([field]) => field !== 'owner_id').map(([field, value]) => `${t(`clientField.${field}`)}: ${String(before[field] ?? DASH)} → ${String(value ?? DASH)}`).join(t('common.semicolon'))
