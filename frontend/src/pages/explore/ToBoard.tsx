import { AppstoreAddOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Board, BoardRow } from '../../api/boards.ts'
import { api } from '../../api/client.ts'
import { useRead, useWrite, type Page } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import { FormDialog } from '../../components/FormDialog.tsx'
import { newTile } from '../../components/tiles.ts'
import type { ViewDocument } from '../../components/view/answer.ts'

type Given = { board: string; name?: string }

const NEW = 'new'

/** Put the figure on a board, one that there is or a new one: it asks there what it asks here. */
export function ToBoard({ view }: { view: ViewDocument }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" icon={<AppstoreAddOutlined />} onClick={() => setOpen(true)}>{t('explore.toBoard')}</Button>
      {open && <Choose view={view} onClose={() => setOpen(false)} />}
    </>
  )
}

function Choose({ view, onClose }: { view: ViewDocument; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const go = useNavigate()
  const boards = (useRead<Page<BoardRow>>('/boards').data?.items ?? []).filter(({ may_change }) => may_change)
  const put = useWrite((given: Given) => putOn(given, view), { refresh: ['/boards'], quiet: true, done: t('explore.onBoard'), after: ({ id }) => void go(`/boards/${id}`) })
  const needed = [{ required: true, whitespace: true, message: t('explore.nameNeeded') }]
  return (
    <FormDialog<Given> title={t('explore.toBoard')} initial={{ board: NEW }} error={put.error} busy={put.isPending} submit={t('boards.add')} onSubmit={(given) => put.mutate(given)} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="board" label={t('explore.whichBoard')}><Select options={[{ value: NEW, label: t('boards.blank') }, ...boards.map(({ id, name }) => ({ value: id, label: say(name) }))]} /></Form.Item>
          <Form.Item noStyle shouldUpdate={(a: Given, b: Given) => a.board !== b.board}>
            {() => form.getFieldValue('board') === NEW && <Form.Item name="name" label={t('explore.name')} rules={needed}><Input maxLength={120} /></Form.Item>}
          </Form.Item>
        </>
      )}
    </FormDialog>
  )
}

/** The board as it stands now gets one tile more; who changed it meanwhile is not overwritten. */
async function putOn({ board, name = '' }: Given, view: ViewDocument): Promise<Board> {
  const said = { 'zh-CN': name.trim(), en: name.trim() }
  const found = board === NEW ? await api.post<Board>('/boards', { definition: { name: said } }) : await api.get<Board>(`/boards/${board}`)
  const { tiles } = found.definition
  const alone = view.chart === 'number' && (view.query.metrics as string[]).length === 1
  const more = [...tiles, newTile(tiles, alone ? 'number' : 'view', view)]
  return api.put<Board>(`/boards/${found.id}`, { revision: found.revision, definition: { ...found.definition, tiles: more } })
}
