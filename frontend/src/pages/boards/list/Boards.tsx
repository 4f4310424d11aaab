import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import type { Board, BoardRow, RoleBoard } from '../../../api/boards.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { OpenFile } from '../../../components/OpenFile.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { When } from '../../../components/When.tsx'
import { useWho } from '../../../components/useWho.ts'
import { RoleDialog } from './RoleDialog.tsx'
import '../boards.css'

/** Which boards there are, and a ready one for each role. */
export function Page() {
  const { t } = useTranslation()
  const boards = useRead<Listed<BoardRow>>('/boards')
  return (
    <>
      <PageHead title={t('boards.title')} lead={t('boards.lead')} actions={<><FromYaml /><Blank /></>} />
      <div className="stack boards-page">
        <Loaded read={boards} rows={4}>{({ items }) => <Kept boards={items} />}</Loaded>
        <Roles />
      </div>
    </>
  )
}

/** A board that was taken along as YAML becomes one of one's own. */
function FromYaml() {
  const { t } = useTranslation()
  const go = useNavigate()
  const make = useWrite((yaml: string) => api.post<Board>('/boards/file', { yaml }), { refresh: ['/boards'], after: ({ id }) => void go(`/boards/${id}`) })
  return <OpenFile accept=".yaml,.yml" busy={make.isPending} onText={make.mutate}>{t('boards.openYaml')}</OpenFile>
}

function Blank() {
  const { t } = useTranslation()
  const go = useNavigate()
  const make = useWrite(
    () => api.post<Board>('/boards', { definition: { name: { 'zh-CN': '新看板', en: 'New board' } } }),
    { refresh: ['/boards'], after: ({ id }) => void go(`/boards/${id}?edit=1`) },
  )
  return <Button loading={make.isPending} onClick={() => make.mutate(undefined)}>{t('boards.blank')}</Button>
}

function Kept({ boards }: { boards: BoardRow[] }) {
  const { t } = useTranslation()
  const [whose, setWhose] = useState<'all' | 'mine'>('all')
  const shown = whose === 'mine' ? boards.filter(({ mine }) => mine) : boards
  if (boards.length === 0) return <div className="panel"><EmptyState title={t('boards.none')} how={t('boards.noneHow')} /></div>
  return (
    <section className="stack tight" aria-label={t('boards.kept')}>
      <div className="row far">
        <h2>{t('boards.kept')}</h2>
        <Segmented value={whose} aria-label={t('boards.whose')} options={[{ value: 'all', label: t('common.all') }, { value: 'mine', label: t('boards.mine') }]} onChange={setWhose} />
      </div>
      <ul className="board-cards">{shown.map((board) => <li key={board.id}><Card board={board} /></li>)}</ul>
    </section>
  )
}

function Card({ board }: { board: BoardRow }) {
  const { t } = useTranslation()
  const say = useSay()
  const who = useWho()
  return (
    <Link to={`/boards/${board.id}`} className="board-card panel">
      <h3>{say(board.name)}</h3>
      <p className="soft small">{say(board.about) || t('boards.nTiles', { count: board.tiles })}</p>
      <span className="row tiny soft">{board.shared ? t('boards.shared') : t('boards.private')}<span aria-hidden="true">·</span>{who(board.updated_by)}<When at={board.updated_at} /></span>
    </Link>
  )
}

function Roles() {
  const { t } = useTranslation()
  const say = useSay()
  const roles = useRead<Listed<RoleBoard>>('/boards/roles')
  const [chosen, setChosen] = useState<RoleBoard | null>(null)
  return (
    <section className="stack tight" aria-label={t('boards.roles')}>
      <h2>{t('boards.roles')}</h2>
      <p className="soft">{t('boards.rolesHow')}</p>
      <Loaded read={roles} rows={6}>
        {({ items }) => (
          <ul className="board-cards">
            {items.map((role) => (
              <li key={role.id}>
                <button type="button" className="board-card panel role" onClick={() => setChosen(role)}>
                  <h3>{say(role.name)}</h3>
                  <span className="soft small">{say(role.about)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {chosen && <RoleDialog role={chosen} onClose={() => setChosen(null)} />}
    </section>
  )
}
