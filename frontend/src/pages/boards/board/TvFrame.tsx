import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { nextTop } from './turning.ts'

type Props = { on: boolean; onLeave: () => void; children: ReactNode }

const TURN_MS = 20_000
const HELD_MS = 120_000
const BY_HAND = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const

/** Turn to the next screenful every while; whoever scrolls by hand is left alone for some time. */
function useTurning(box: RefObject<HTMLDivElement | null>, on: boolean): void {
  useEffect(() => {
    const board = box.current
    if (!on || !board) return
    let touched = -Infinity
    const hold = () => { touched = Date.now() }
    const turn = () => {
      if (Date.now() - touched < HELD_MS) return
      const from = board.getBoundingClientRect().top - board.scrollTop
      const tiles = [...board.querySelectorAll('.board-tile')].map((tile) => tile.getBoundingClientRect()).map(({ top, bottom }) => [top - from, bottom - from] as const)
      const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
      board.scrollTo({ top: nextTop(board.scrollTop, board.clientHeight, board.scrollHeight, tiles), behavior: calm ? 'auto' : 'smooth' })
    }
    BY_HAND.forEach((kind) => document.addEventListener(kind, hold, { passive: true }))
    const turning = window.setInterval(turn, TURN_MS)
    return () => { window.clearInterval(turning); BY_HAND.forEach((kind) => document.removeEventListener(kind, hold)) }
  }, [on])
}

/** The whole screen for the board, read from afar: larger, no rail, turned by itself, asked anew every five minutes. */
export function TvFrame({ on, onLeave, children }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useTurning(box, on)
  useEffect(() => {
    if (!on) return
    // A browser may refuse (no click before it): the board then fills the window alone.
    document.documentElement.requestFullscreen?.().catch(() => undefined)
    const leave = (event: KeyboardEvent) => { if (event.key === 'Escape') onLeave() }
    document.addEventListener('keydown', leave)
    return () => {
      document.removeEventListener('keydown', leave)
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [on])
  return (
    <div ref={box} className={on ? 'board tv' : 'board'}>
      {on && <Button className="tv-leave" type="text" icon={<CloseOutlined />} aria-label={t('boards.leaveTv')} onClick={onLeave} />}
      {children}
    </div>
  )
}
