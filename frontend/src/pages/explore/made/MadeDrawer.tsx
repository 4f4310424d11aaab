import { DeleteOutlined, EditOutlined, GroupOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Column } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { madePath, useMade, type Made } from '../../../components/made.ts'
import type { Choice } from '../../../components/measures.ts'
import { useAddress } from '../../../components/useAddress.ts'
import { useWho } from '../../../components/useWho.ts'
import { GroupsForm } from './GroupsForm.tsx'
import { MetricForm } from './MetricForm.tsx'
import { useSaid } from './said.ts'

export type MakingProps = { id: string; columns: Column[]; metrics: Choice[] }
type Making = { kind: 'groups' | 'metric'; made: Made | null }

/** Groups and metrics of one's own: what there is, and the way to make more. */
export function MadeDrawer(props: MakingProps) {
  const { t } = useTranslation()
  const [address, choose] = useAddress()
  const open = address.has('made')
  const show = (shown: boolean) => choose({ made: shown ? '1' : null })
  const [making, setMaking] = useState<Making | null>(null)
  const may = useMay()('make_groups')
  const read = useMade(props.id)
  const Form = making?.kind === 'groups' ? GroupsForm : MetricForm
  return (
    <>
      <Button size="small" type="text" className="made-open" icon={<GroupOutlined />} onClick={() => show(true)}>{t('made.open')}</Button>
      <Drawer open={open} title={t('made.open')} onClose={() => show(false)} destroyOnHidden>
        <div className="stack">
          <p className="soft">{t('made.lead')}</p>
          {may && <div className="row"><Button type="primary" onClick={() => setMaking({ kind: 'groups', made: null })}>{t('made.newGroups')}</Button><Button onClick={() => setMaking({ kind: 'metric', made: null })}>{t('made.newMetric')}</Button></div>}
          <Loaded read={read}>{({ items }) => items.length === 0 ? <p className="soft">{t('made.none')}</p> : items.map((one) => <One key={one.name} id={props.id} made={one} metrics={props.metrics} onEdit={() => setMaking({ kind: one.kind, made: one })} />)}</Loaded>
        </div>
      </Drawer>
      {making && <Form {...props} made={making.made} onClose={() => setMaking(null)} />}
    </>
  )
}

function One({ id, made, metrics, onEdit }: { id: string; made: Made; metrics: Choice[]; onEdit: () => void }) {
  const { t } = useTranslation()
  const who = useWho()
  const said = useSaid(metrics)
  const remove = useWrite(() => api.delete(`/datasets/${id}/made/${encodeURIComponent(made.name)}?version=${String(made.version)}`), {
    refresh: [`/datasets/${id}/`], done: t('made.removed', { name: made.name }), undo: () => api.post(madePath(id), { name: made.name, definition: made.definition }),
  })
  return (
    <div className="row far nowrap">
      <div>
        <strong>{made.name}</strong>
        <p className="small">{said(made.definition)}</p>
        <p className="tiny soft">{t(`made.kind.${made.kind}`)} · {t('made.version', { n: made.version })} · {who(made.created_by)}</p>
      </div>
      {made.editable && (
        <div className="row nowrap">
          <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('made.change', { name: made.name })} onClick={onEdit} />
          <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('made.remove', { name: made.name })} onClick={() => remove.mutate(undefined)} />
        </div>
      )}
    </div>
  )
}
