import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Board, BoardVersion } from '../../../api/boards.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { useWho } from '../../../components/useWho.ts'
import { When } from '../../../components/When.tsx'

/** Every state a board had; each can be put in place again, as a new one. */
export function Versions({ board, onClose }: { board: Board; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const who = useWho()
  const read = useRead<Listed<BoardVersion>>(`/boards/${board.id}/versions`)
  const restore = useWrite(
    (version: number) => api.post<Board>(`/boards/${board.id}/restore`, { revision: board.revision, version }),
    { refresh: ['/boards'], done: t('boards.restored'), after: onClose },
  )
  return (
    <Drawer open onClose={onClose} title={t('boards.versions')} size={400} aria-label={t('boards.versions')}>
      <Loaded read={read} rows={5}>
        {({ items }) => (
          <ul className="versions">
            {items.map((one) => (
              <li key={one.version} className="row far">
                <span><b>{t('boards.version', { n: one.version })}</b> <span className="small soft">{t('boards.nTiles', { count: one.tiles })} · {who(one.created_by)} · <When at={one.created_at} />{say(one.note_text) && ` · ${say(one.note_text)}`}</span></span>
                {one.version === board.revision ? <span className="tag accent">{t('boards.now')}</span> : board.may_change && <Button size="small" onClick={() => restore.mutate(one.version)}>{t('boards.restore')}</Button>}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Drawer>
  )
}
