import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { on: boolean; onLeave: () => void; children: ReactNode }

/** The whole screen for the board, read from afar: larger, no rail, asked anew every five minutes. */
export function TvFrame({ on, onLeave, children }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
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
