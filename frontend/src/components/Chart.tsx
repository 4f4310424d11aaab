import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLook } from '../app/look.tsx'
import './chart.css'

type Props = { option: (colours: Colours, wide: boolean, width: number) => EChartsCoreOption; height: number; label: string; onReady?: (chart: EChartsType) => void }

export type Colours = { ink: string; soft: string; rule: string; paper: string; accent: string; good: string; bad: string; unsure: string; tint: string }

function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: read('ink'), soft: read('soft'), rule: read('rule'), paper: read('paper'), accent: read('accent'),
    good: read('good'), bad: read('bad'), unsure: read('unsure-mark'), tint: read('tint'),
  }
}

const WIDE = 560

/** A chart; ECharts is fetched when the first one is drawn. Its data also stand in the table beside it. */
export function Chart({ option, height, label, onReady }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [ready, setReady] = useState(false)
  const { look } = useLook()
  useEffect(() => {
    let chart: EChartsType | null = null
    let watcher: ResizeObserver | null = null
    let gone = false
    const draw = () => {
      if (!chart || !box.current) return
      chart.resize()
      const width = box.current.clientWidth
      chart.setOption(option(coloursOf(box.current), width >= WIDE, width), true)
    }
    void import('./echarts.ts').then(({ init }) => {
      if (gone || !box.current) return
      chart = init(box.current, null, { renderer: 'svg' })
      draw()
      setReady(true)
      onReady?.(chart)
      watcher = new ResizeObserver(draw)
      watcher.observe(box.current)
    })
    return () => {
      gone = true
      watcher?.disconnect()
      chart?.dispose()
    }
  }, [option, look, onReady])
  return (
    <div className="chart-frame" style={{ height }}>
      {!ready && <Skeleton.Node active style={{ width: '100%', height }} />}
      <div ref={box} className="chart-box" style={{ height }} role="img" aria-label={label} />
    </div>
  )
}
