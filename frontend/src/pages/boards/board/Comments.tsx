import { DeleteOutlined } from '@ant-design/icons'
import { Button, Drawer, Mentions } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Board, Colleague, Comment } from '../../../api/boards.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { useMe } from '../../../app/me.tsx'
import { When } from '../../../components/When.tsx'
import { mentioned } from './mentions.ts'

type Props = { board: Board; tile: string; comments: Comment[]; onClose: () => void }

/** What was said about a tile; @ calls upon somebody, who finds it on their home page. */
export function Comments({ board, tile, comments, onClose }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const title = say(board.definition.tiles.find(({ id }) => id === tile)?.title)
  return (
    <Drawer open onClose={onClose} title={t('boards.comments', { title })} size={400} aria-label={t('boards.comments', { title })}>
      <div className="stack">
        {comments.length === 0 && <p className="soft">{t('boards.noComments')}</p>}
        {comments.map((one) => <Said key={one.id} board={board} comment={one} />)}
        <Write board={board} tile={tile} />
      </div>
    </Drawer>
  )
}

function Said({ board, comment }: { board: Board; comment: Comment }) {
  const { t } = useTranslation()
  const { staff } = useMe()
  const remove = useWrite(() => api.delete(`/boards/${board.id}/comments/${comment.id}`), { refresh: ['/boards'] })
  return (
    <article className="comment">
      <div className="row far tiny soft"><span>{comment.author} · <When at={comment.created_at} /></span>
        {(board.may_change || comment.author_id === staff.id) && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('boards.removeComment')} onClick={() => remove.mutate(undefined)} />}
      </div>
      <p>{comment.words}</p>
    </article>
  )
}

function Write({ board, tile }: { board: Board; tile: string }) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const people = useRead<Listed<Colleague>>('/boards/people')
  const known = people.data?.items ?? []
  const send = useWrite(
    () => api.post(`/boards/${board.id}/comments`, { tile, words, mentions: mentioned(words, known) }),
    { refresh: ['/boards'], after: () => setWords('') },
  )
  return (
    <form className="stack tight" onSubmit={(event) => { event.preventDefault(); send.mutate(undefined) }}>
      <Mentions rows={3} value={words} aria-label={t('boards.comment')} placeholder={t('boards.commentHow')} options={known.map(({ name }) => ({ value: name, label: name }))} onChange={setWords} />
      {!board.shared && <p className="tiny soft">{t('boards.mentionPrivate')}</p>}
      <Button htmlType="submit" type="primary" disabled={!words.trim()} loading={send.isPending}>{t('boards.send')}</Button>
    </form>
  )
}
