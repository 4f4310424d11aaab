import { CloseOutlined, FilterOutlined, LineChartOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Cell } from '../../../components/cells.ts'
import { NumberWithInterval } from '../../../components/NumberWithInterval.tsx'

/** Where on the screen something was chosen. */
export type Place = { x: number; y: number }

type Props = {
  place: Place
  title: string
  cell: Cell
  /** What the other tiles would be kept to; null where the number has nothing of the kind. */
  name: string | null
  chosen: boolean
  onPick: () => void
  onExplore: () => void
  onClose: () => void
}

const EDGE = 8
const BELOW = 12

/** What can be done from a mark of a tile, right where it was chosen: filter the board by it, or go on in explore. */
export function MarkCard({ place, title, cell, name, chosen, onPick, onExplore, onClose }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<Place | null>(null)
  useLayoutEffect(() => {
    if (box.current) setAt(within(place, box.current.getBoundingClientRect()))
  }, [place])
  useEffect(() => {
    const opener = document.activeElement
    box.current?.querySelector<HTMLElement>('.mark-does button')?.focus()
    const press = (event: KeyboardEvent) => { if (event.key === 'Escape') { event.stopPropagation(); onClose() } }
    const outside = (event: PointerEvent) => { if (!box.current?.contains(event.target as Node)) onClose() }
    document.addEventListener('keydown', press, true)
    document.addEventListener('pointerdown', outside)
    return () => {
      document.removeEventListener('keydown', press, true)
      document.removeEventListener('pointerdown', outside)
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [])
  return createPortal(
    <div ref={box} className="tile-mark panel" role="dialog" aria-label={title} style={{ left: at?.x ?? EDGE, top: at?.y ?? EDGE }}>
      <div className="row far nowrap">
        <h2>{title}</h2>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('common.close')} onClick={onClose} />
      </div>
      <NumberWithInterval cell={cell} />
      <div className="mark-does">
        {name && <Button type="primary" icon={<FilterOutlined />} onClick={onPick}>{t(chosen ? 'boards.unpick' : 'boards.pick', { name })}</Button>}
        <Button icon={<LineChartOutlined />} onClick={onExplore}>{t('boards.deeper')}</Button>
      </div>
    </div>,
    document.body,
  )
}

/** Below the place, or above it where there is no room; always whole on the screen. */
function within({ x, y }: Place, { width, height }: DOMRect): Place {
  const { clientWidth, clientHeight } = document.documentElement
  const below = y + BELOW
  const top = below + height + EDGE <= clientHeight ? below : y - height - BELOW
  return { x: clamped(x - width / 2, clientWidth - width), y: clamped(top, clientHeight - height) }
}

const clamped = (value: number, most: number): number => Math.max(EDGE, Math.min(value, most - EDGE))
