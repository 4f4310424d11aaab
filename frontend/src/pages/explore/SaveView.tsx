import { SaveOutlined } from '@ant-design/icons'
import { Button, Form, Input, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRead, useWrite } from '../../api/hooks.tsx'
import { useMe } from '../../app/me.tsx'
import { FormDialog } from '../../components/FormDialog.tsx'
import { useAddress } from '../../components/useAddress.ts'
import type { ViewDocument } from '../../components/view/answer.ts'
import type { SavedView } from './saved.ts'

type Given = { name: string; shared: boolean }

/** Keep what is drawn under a name: anew, or in place of the view that was opened. */
export function SaveView({ view, saved }: { view: ViewDocument; saved: string | null }) {
  const { t } = useTranslation()
  const [naming, setNaming] = useState(false)
  const me = useMe()
  const [, choose] = useAddress()
  const read = useRead<SavedView>(`/views/${saved ?? ''}`, undefined, { enabled: saved !== null })
  const own = saved !== null && read.data?.owner_id === me.staff.id ? read.data : null
  const make = useWrite((given: Given) => api.post<SavedView>('/views', { ...given, view }), {
    refresh: ['/views'], quiet: true, done: t('common.saved'), after: ({ id }) => { setNaming(false); choose({ saved: id }) },
  })
  const keep = useWrite((one: SavedView) => api.put<SavedView>(`/views/${one.id}`, { name: one.name, shared: one.shared, revision: one.revision, view }), { refresh: ['/views'], done: t('common.saved') })
  return (
    <>
      {own && <Button size="small" type="text" loading={keep.isPending} onClick={() => keep.mutate(own)}>{t('explore.saveOver', { name: own.name })}</Button>}
      <Button size="small" icon={<SaveOutlined />} onClick={() => setNaming(true)}>{t(own ? 'explore.saveAs' : 'common.save')}</Button>
      {naming && (
        <FormDialog<Given> title={t('explore.saveTitle')} initial={{ name: '', shared: false }} error={make.error} busy={make.isPending} onSubmit={(given) => make.mutate(given)} onClose={() => setNaming(false)}>
          <Form.Item name="name" label={t('explore.name')} rules={[{ required: true, whitespace: true, message: t('explore.nameNeeded') }]}><Input maxLength={200} autoFocus /></Form.Item>
          <Form.Item name="shared" label={t('explore.shared')} extra={t('explore.sharedHow')} valuePropName="checked"><Switch /></Form.Item>
        </FormDialog>
      )}
    </>
  )
}
