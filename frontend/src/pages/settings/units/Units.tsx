import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Tree, TreeSelect } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Unit } from '../../../api/people.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { ExportMenu } from '../../../components/ExportMenu.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { unitTree, type UnitNode } from './tree.ts'
import './units.css'

type Given = { name: string; code?: string; parent_id?: string }
type Edited = { unit: Unit | null; parent?: string }

/** The tree of organisation units: a manager sees the rows of a unit and all below. */
export function Page() {
  const { t } = useTranslation()
  const read = useRead<Listed<Unit>>('/units')
  const [edited, setEdited] = useState<Edited | null>(null)
  return (
    <>
      <PageHead title={t('units.title')} lead={t('units.lead')} actions={<><ExportMenu path="/units" /><Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited({ unit: null })}>{t('units.add')}</Button></>} />
      <Loaded read={read}>
        {({ items }) => (
          <>
            <div className="panel">
              {items.length === 0 ? <EmptyState title={t('units.none')} how={t('units.noneHow')} /> : (
                <Tree<UnitNode> className="unit-tree" treeData={unitTree(items)} defaultExpandAll blockNode selectable={false} titleRender={(node) => <UnitLine node={node} onEdit={setEdited} />} />
              )}
            </div>
            {edited && <UnitDialog edited={edited} units={items} onClose={() => setEdited(null)} />}
          </>
        )}
      </Loaded>
    </>
  )
}

function UnitLine({ node, onEdit }: { node: UnitNode; onEdit: (edited: Edited) => void }) {
  const { t } = useTranslation()
  const { unit } = node
  const remove = useWrite(() => api.delete(`/units/${unit.id}`, { revision: unit.revision }), {
    refresh: ['/units'], done: t('units.removed', { name: unit.name }),
    undo: () => api.post('/units', { name: unit.name, parent_id: unit.parent_id, code: unit.code, position: unit.position }),
  })
  return (
    <span className="unit-line">
      <span>{unit.name}{unit.code && <span className="tiny soft"> {unit.code}</span>}</span>
      <span className="unit-tools">
        <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t('units.addBelow', { name: unit.name })} onClick={() => onEdit({ unit: null, parent: unit.id })} />
        <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('units.change', { name: unit.name })} onClick={() => onEdit({ unit })} />
        {node.children.length === 0 && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('units.remove', { name: unit.name })} onClick={() => remove.mutate(undefined)} />}
      </span>
    </span>
  )
}

function UnitDialog({ edited, units, onClose }: { edited: Edited; units: Unit[]; onClose: () => void }) {
  const { t } = useTranslation()
  const { unit } = edited
  const save = useWrite(
    ({ name, code, parent_id }: Given) => {
      const body = { name, code: code || null, parent_id: parent_id ?? null, position: unit?.position ?? units.length }
      return unit ? api.put(`/units/${unit.id}`, { ...body, revision: unit.revision }) : api.post('/units', body)
    },
    { refresh: ['/units'], quiet: true, done: t('common.saved'), after: onClose },
  )
  const initial = { name: unit?.name, code: unit?.code ?? undefined, parent_id: unit?.parent_id ?? edited.parent }
  return (
    <FormDialog<Given> title={unit ? unit.name : t('units.add')} initial={initial} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="name" label={t('units.name')} rules={[{ required: true, whitespace: true, message: t('import.nameNeeded') }]}><Input /></Form.Item>
      <Form.Item name="parent_id" label={t('units.parent')}><TreeSelect allowClear treeData={unitTree(units.filter(({ id }) => id !== unit?.id))} treeDefaultExpandAll /></Form.Item>
      <Form.Item name="code" label={t('units.code')} extra={t('units.codeHow')}><Input /></Form.Item>
    </FormDialog>
  )
}
