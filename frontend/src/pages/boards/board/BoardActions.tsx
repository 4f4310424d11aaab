import { DesktopOutlined, EditOutlined, EllipsisOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import type { Board, BoardDocument } from '../../../api/boards.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useMay } from '../../../app/me.tsx'
import { save as keepFile } from '../../../components/Downloads.tsx'
import { useSay } from '../../../app/language.ts'
import { IndustryDialog } from './IndustryDialog.tsx'
import { TakeAlong } from './TakeAlong.tsx'
import type { Filters } from './useTiles.ts'

type Props = {
  board: Board
  filters: Filters
  draft: BoardDocument | null
  busy: boolean
  onEdit: () => void
  onLeave: () => void
  onSave: () => void
  onTv: () => void
  onVersions: () => void
}

/** What can be done with a board. */
export function BoardActions({ board, filters, draft, busy, onEdit, onLeave, onSave, onTv, onVersions }: Props) {
  const { t } = useTranslation()
  if (draft) {
    return (
      <>
        <Button onClick={onLeave}>{t('common.cancel')}</Button>
        <Button type="primary" loading={busy} onClick={onSave}>{t('common.save')}</Button>
      </>
    )
  }
  return (
    <>
      <Button icon={<DesktopOutlined />} onClick={onTv}>{t('boards.tv')}</Button>
      <TakeAlong board={board} filters={filters} />
      {board.may_change && <Button icon={<EditOutlined />} className="wide-only" onClick={onEdit}>{t('boards.change')}</Button>}
      <More board={board} onVersions={onVersions} />
    </>
  )
}

function More({ board, onVersions }: { board: Board; onVersions: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const may = useMay()
  const go = useNavigate()
  const { modal } = App.useApp()
  const [arranging, setArranging] = useState(false)
  const share = useWrite((shared: boolean) => api.put<Board>(`/boards/${board.id}`, { revision: board.revision, definition: board.definition, shared }), { refresh: ['/boards'], done: ({ shared }) => t(shared ? 'boards.nowShared' : 'boards.nowPrivate') })
  const copy = useWrite(() => api.post<Board>('/boards', { definition: board.definition }), { refresh: ['/boards'], done: t('boards.copied'), after: ({ id }) => void go(`/boards/${id}`) })
  const remove = useWrite(() => api.delete(`/boards/${board.id}`, { revision: board.revision }), { refresh: ['/boards'], done: t('boards.removed'), after: () => void go('/boards') })
  const yaml = useWrite(() => api.get<{ yaml: string }>(`/boards/${board.id}/yaml`), { after: ({ yaml: words }) => keepFile(new Blob([words], { type: 'application/yaml' }), `${say(board.name)}.yaml`) })
  const ask = () => void modal.confirm({ title: t('boards.removeAsk', { name: say(board.name) }), content: t('boards.removeHow'), okText: t('common.remove'), cancelText: t('common.cancel'), okButtonProps: { danger: true }, onOk: () => remove.mutate(undefined) })
  const items = [
    { key: 'versions', label: t('boards.versions'), onClick: onVersions },
    ...(board.may_change && board.role ? [{ key: 'industry', label: t('boards.arrange'), onClick: () => setArranging(true) }] : []),
    { key: 'copy', label: t('boards.copy'), onClick: () => copy.mutate(undefined) },
    { key: 'yaml', label: t('boards.yaml'), onClick: () => yaml.mutate(undefined) },
    ...(board.may_change && may('share') ? [{ key: 'share', label: t(board.shared ? 'boards.unshare' : 'boards.share'), onClick: () => share.mutate(!board.shared) }] : []),
    ...(board.may_change ? [{ key: 'remove', danger: true, label: t('boards.remove'), onClick: ask }] : []),
  ]
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}><Button icon={<EllipsisOutlined />} aria-label={t('boards.more')} /></Dropdown>
      {arranging && <IndustryDialog board={board} onClose={() => setArranging(false)} />}
    </>
  )
}
