import { DeleteOutlined, DownloadOutlined, EditOutlined, FolderOpenOutlined } from '@ant-design/icons'
import { Button, Drawer, Form, Input, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { useRead, useWrite, type Page } from '../../api/hooks.tsx'
import { useMe } from '../../app/me.tsx'
import { FormDialog } from '../../components/FormDialog.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { OpenFile } from '../../components/OpenFile.tsx'
import { exploreAddress } from '../../components/view/address.ts'
import type { ViewDocument } from '../../components/view/answer.ts'
import { When } from '../../components/When.tsx'
import type { SavedView } from './saved.ts'

/** The views that are kept: one's own, and what others share. */
export function SavedViews() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<FolderOpenOutlined />} onClick={() => setOpen(true)}>{t('explore.savedViews')}</Button>
      <Drawer open={open} title={t('explore.savedViews')} onClose={() => setOpen(false)} destroyOnHidden>
        <div className="stack"><FromYaml onOpen={() => setOpen(false)} /><Kept onOpen={() => setOpen(false)} /></div>
      </Drawer>
    </>
  )
}

/** A view that was taken along as YAML is drawn again, ready to be changed or kept. */
function FromYaml({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const read = useWrite((yaml: string) => api.post<{ view: ViewDocument }>('/views/file', { yaml }), { after: ({ view }) => { onOpen(); void go(exploreAddress(view)) } })
  return <div className="row"><OpenFile accept=".yaml,.yml" busy={read.isPending} onText={read.mutate}>{t('explore.openYaml')}</OpenFile></div>
}

function Kept({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation()
  const read = useRead<Page<SavedView>>('/views')
  const [search, setSearch] = useState('')
  return (
    <Loaded read={read}>
      {({ items }) => (
        <div className="stack">
          {items.length === 0 ? <p className="soft">{t('explore.noSaved')}</p> : <Input allowClear value={search} placeholder={t('common.search')} aria-label={t('common.search')} onChange={({ target }) => setSearch(target.value)} />}
          {items.filter(({ name }) => name.includes(search.trim())).map((one) => <One key={one.id} view={one} onOpen={onOpen} />)}
        </div>
      )}
    </Loaded>
  )
}

type Given = { name: string; shared: boolean }

function One({ view, onOpen }: { view: SavedView; onOpen: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const [editing, setEditing] = useState(false)
  const change = useWrite((given: Given) => api.put<SavedView>(`/views/${view.id}`, { ...given, revision: view.revision, view: view.view }), { refresh: ['/views'], quiet: true, after: () => setEditing(false) })
  const remove = useWrite(() => api.delete(`/views/${view.id}?revision=${String(view.revision)}`), {
    refresh: ['/views'], done: t('explore.removed', { name: view.name }), undo: () => api.post('/views', { name: view.name, shared: view.shared, view: view.view }),
  })
  return (
    <div className="row far nowrap">
      <div>
        <Link to={`/explore/${view.id}`} onClick={onOpen}>{view.name}</Link>
        <p className="tiny soft">{view.owner ?? ''}{view.shared && ` · ${t('explore.isShared')}`} · <When at={view.updated_at} /></p>
      </div>
      <div className="row nowrap">
        <Button type="text" size="small" icon={<DownloadOutlined />} aria-label={t('explore.yaml', { name: view.name })} href={`/api/v1/views/${view.id}/yaml`} />
        {view.owner_id === me.staff.id && <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('explore.rename', { name: view.name })} onClick={() => setEditing(true)} />}
        {view.owner_id === me.staff.id && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('explore.remove', { name: view.name })} onClick={() => remove.mutate(undefined)} />}
      </div>
      {editing && (
        <FormDialog<Given> title={t('explore.rename', { name: view.name })} initial={view} error={change.error} busy={change.isPending} onSubmit={(given) => change.mutate(given)} onClose={() => setEditing(false)}>
          <Form.Item name="name" label={t('explore.name')} rules={[{ required: true, whitespace: true, message: t('explore.nameNeeded') }]}><Input maxLength={200} /></Form.Item>
          <Form.Item name="shared" label={t('explore.shared')} extra={t('explore.sharedHow')} valuePropName="checked"><Switch /></Form.Item>
        </FormDialog>
      )}
    </div>
  )
}
