import { CommentOutlined, DeleteOutlined, DragOutlined, LineChartOutlined, QuestionCircleOutlined, SettingOutlined, StopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Tile } from '../../../api/boards.ts'
import { useSay } from '../../../app/language.ts'
import { exploreAddress, whyAddress } from '../../../components/view/address.ts'
import { conditionSaid } from '../../../components/question/asked.ts'
import { pickWords } from './FilterBar.tsx'
import type { Picking } from './Figure.tsx'
import { TileBody } from './TileBody.tsx'
import type { Answered } from './useTiles.ts'

export type Change = {
  onStep: (step: { dx?: number; dy?: number; dw?: number; dh?: number }) => void
  onSettings: () => void
  onRemove: () => void
}

type Props = {
  tile: Tile
  answered: Answered | undefined
  narrow: boolean
  comments: number
  /** The dataset that it draws from, where the board draws from several. */
  source: string | undefined
  picking: Picking
  change: Change | null
  onComments: () => void
  onJump: (tile: string) => void
}

const STEPS: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** One tile: its name, what it shows, what was said about it; while the board is changed, how to move it. */
export function TileFrame({ tile, answered, narrow, comments, source, picking, change, onComments, onJump }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const answer = answered?.answer ?? null
  const title = say(tile.title) || answer?.answer?.title || t(`boards.kind.${tile.kind}`)
  const why = answer?.answer ? whyAddress(answer.answer) : null
  const missed = answer?.light?.attainment === 'missed'
  return (
    <section id={`tile-${tile.id}`} className={`board-tile panel${missed ? ' missed' : ''}`} aria-label={title} tabIndex={-1}>
      <header className={change ? 'tile-head drag' : 'tile-head'}>
        <h2>{title}</h2>
        <span className="row tools">
          {change
            ? <Moves title={title} tile={tile} change={change} />
            : <>{why && <Link className="deeper" to={why.to} aria-label={t(why.gap ? 'boards.gapIn' : 'boards.whyIn', { title })} title={t(why.gap ? 'why.gap.title' : 'why.title')}><QuestionCircleOutlined /></Link>}{answer?.answer && <Link className="deeper" to={exploreAddress(answer.answer.view)} aria-label={t('boards.deeperIn', { title })} title={t('boards.deeper')}><LineChartOutlined /></Link>}<Button type="text" size="small" icon={<CommentOutlined />} aria-label={t('boards.commentsOn', { title, count: comments })} onClick={onComments}>{comments > 0 ? comments : null}</Button></>}
        </span>
      </header>
      <div className="tile-body"><div className="tile-whole"><TileBody tile={tile} answered={answered} narrow={narrow} still={change !== null} picking={picking} onJump={onJump} /></div></div>
      <Note>{answer?.days || source ? <Whence days={say(answer?.days)} source={source ? t('boards.source', { name: source }) : ''} /> : null}</Note>
      <Unreached>{(answer?.unfiltered ?? []).length > 0 && t('boards.unfiltered', { which: answer?.unfiltered?.map((words) => conditionSaid(words, t)).join(t('common.list')) })}</Unreached>
      <Unreached>{answer?.undated && t('boards.undated')}</Unreached>
      <Note>{picking.pick && <>{t('boards.pickedHere', { which: pickWords(picking.pick, t) })} <button type="button" className="as-link" onClick={picking.onUnpick}>{t('boards.unpick')}</button></>}</Note>
    </section>
  )
}

const Note = ({ children }: { children: ReactNode }) => (children ? <p className="tiny soft tile-note">{children}</p> : null)

/** Days and data; each is broken only where a line cannot hold it. */
const Whence = ({ days, source }: { days: string; source: string }) => <>{days && <span className="whole">{days}</span>}{days && source ? ' · ' : ''}{source && <span className="whole">{source}</span>}</>

/** What acts on the other tiles and not on this one: plainly, so that nobody takes it for filtered. */
const Unreached = ({ children }: { children: ReactNode }) => (children ? <p className="tiny tile-note unreached"><StopOutlined aria-hidden="true" /> {children}</p> : null)

/** By mouse the head is dragged; by keyboard the arrows move and, with Shift, stretch: where to, is said. */
function Moves({ title, tile, change }: { title: string; tile: Tile; change: Change }) {
  const { t } = useTranslation()
  const [stepped, setStepped] = useState(false)
  const step = (event: KeyboardEvent) => {
    const found = STEPS[event.key]
    if (!found) return
    event.preventDefault()
    setStepped(true)
    const [x, y] = found
    change.onStep(event.shiftKey ? { dw: x, dh: y } : { dx: x, dy: y })
  }
  return (
    <>
      <span className="hidden" role="status">{stepped && t('boards.placed', { column: tile.x + 1, row: tile.y + 1, width: tile.w, height: tile.h })}</span>
      <Button type="text" size="small" className="mover" icon={<DragOutlined />} aria-label={t('boards.move', { title })} title={t('boards.moveHow')} onKeyDown={step} />
      <Button type="text" size="small" icon={<SettingOutlined />} aria-label={t('boards.settingsOf', { title })} onClick={change.onSettings} />
      <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('boards.removeTile', { title })} onClick={change.onRemove} />
    </>
  )
}
