import { DeleteOutlined, InboxOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import type { DatasetDetail } from '../../../api/data.ts'
import { useForget, useRead, useWrite } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { count } from '../../../components/format.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { Loaded } from '../../../components/Loaded.tsx'

type Going = { name: string; derived: { id: string; name: string }[]; rows: number; versions: number; imports: number; files: number; pushed: number; reports: number; links: number; customers: number }
type Given = { name: string; reason: string }

/** Put the dataset away, which can be undone, or delete it for good, which cannot. */
export function Removal({ dataset }: { dataset: DatasetDetail }) {
  const { t } = useTranslation()
  const may = useMay()
  const go = useNavigate()
  const [deleting, setDeleting] = useState(false)
  const archive = useWrite(() => api.post(`/datasets/${dataset.id}/archive`, { revision: dataset.revision }), {
    refresh: ['/datasets', '/customers', '/clients'], done: t('removal.archived', { name: dataset.name }), undo: () => api.post(`/datasets/${dataset.id}/restore`), after: () => void go('/datasets'),
  })
  return (
    <section className="panel narrow stack">
      <h2>{t('removal.title')}</h2>
      {!dataset.archived_at && <div className="row"><Button icon={<InboxOutlined />} loading={archive.isPending} onClick={() => archive.mutate(undefined)}>{t('removal.archive')}</Button><span className="soft small">{t('removal.archiveHow')}</span></div>}
      {may('delete_data') && <div className="row"><Button danger icon={<DeleteOutlined />} onClick={() => setDeleting(true)}>{t('removal.delete')}</Button><span className="soft small">{t('removal.deleteHow')}</span></div>}
      {deleting && <DeleteDialog dataset={dataset} onClose={() => setDeleting(false)} />}
    </section>
  )
}

function DeleteDialog({ dataset, onClose }: { dataset: DatasetDetail; onClose: () => void }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const forget = useForget()
  const leave = async () => {
    onClose()
    await go('/datasets')
    await forget(['/datasets', '/models', '/customers', '/clients', '/jobs'])
  }
  const read = useRead<Going>(`/datasets/${dataset.id}/deletion`, {}, { fresh: 0 })
  const remove = useWrite((given: Given) => api.post(`/datasets/${dataset.id}/delete`, { ...given, derived: (read.data?.derived ?? []).map(({ id }) => id) }), {
    done: t('removal.deleted', { name: dataset.name }), after: () => void leave(), quiet: true,
  })
  return (
    <FormDialog<Given> title={t('removal.delete')} initial={{}} submit={t('removal.deleteNow')} error={remove.error} busy={remove.isPending || !read.data} onSubmit={(given) => remove.mutate(given)} onClose={onClose}>
      <Alert type="error" showIcon title={t('removal.noUndo')} description={t('removal.noUndoHow')} style={{ marginBottom: 16 }} />
      <Loaded read={read} rows={3}>{(going) => <What going={going} />}</Loaded>
      <Form.Item name="name" label={t('removal.typeName', { name: dataset.name })} rules={[{ validator: (_, typed: string | undefined) => (typed?.trim() === dataset.name ? Promise.resolve() : Promise.reject(new Error(t('removal.nameWrong')))) }]}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="reason" label={t('customer.reason')} rules={[{ required: true, whitespace: true, message: t('customer.reasonNeeded') }]}><Input maxLength={200} /></Form.Item>
    </FormDialog>
  )
}

function What({ going }: { going: Going }) {
  const { t } = useTranslation()
  const numbers = { rows: count(going.rows), versions: count(going.versions), imports: count(going.imports), files: count(going.files), reports: count(going.reports), links: count(going.links) }
  return (
    <ul className="plain-list small">
      <li>{t('removal.goes', numbers)}</li>
      {going.customers > 0 && <li>{t('removal.people', { n: count(going.customers) })}</li>}
      {going.derived.length > 0 && <li><strong>{t('removal.derived', { names: going.derived.map(({ name }) => name).join(t('common.list')) })}</strong></li>}
    </ul>
  )
}
