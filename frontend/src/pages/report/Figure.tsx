import { FileImageOutlined } from '@ant-design/icons'
import type { EChartsType } from 'echarts/core'
import { App, Button } from 'antd'
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLook } from '../../app/look.tsx'
import { Chart, type Colours } from '../../components/Chart.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { ReportedDataset } from '../../components/events/dataset.ts'
import { EventList, useHappened } from '../../components/events/EventList.tsx'
import { markSeries } from '../../components/events/events.ts'
import { savePicture } from '../../components/picture.ts'
import { chartOption, hasRoom } from '../../components/option.ts'
import type { FigureBlock, ReportPage, TableBlock } from '../../components/paper/page.ts'
import { ReportTable } from './ReportTable.tsx'

/** A chart with the sentence that it proves; its numbers and its picture can be taken along. */
export function Figure({ figure, dark }: { figure: FigureBlock; dark: ReportPage['dark'] }) {
  const { t } = useTranslation()
  const { look } = useLook()
  const { chart, table } = figure
  const near = useNear()
  const drawn = useRef<EChartsType | null>(null)
  const dataset = useContext(ReportedDataset)
  const periods = useMemo(() => periodsOf(chart), [chart])
  const events = useHappened(near.seen ? dataset : null, periods)
  const option = useCallback((colours: Colours, broad: boolean, width: number) => {
    const wide = broad && hasRoom(chart.option, width)
    const base = chartOption(chart.option, look === 'dark' ? dark : null, wide)
    return { ...base, series: [...(base.series as object[]), ...markSeries(periods, events, { wide, charts: 1 }, colours)] }
  }, [chart, dark, look, periods, events])
  const ready = useCallback((now: EChartsType) => { drawn.current = now }, [])
  const label = `${chart.title} ${chart.caption}`.trim()
  return (
    <figure className="figure" id={figure.anchor} ref={near.box}>
      <figcaption>{chart.title && <h3>{chart.title}</h3>}<p className="finding">{chart.caption}</p></figcaption>
      {near.seen ? <Chart option={option} height={chart.height} label={label} onReady={ready} /> : <div style={{ height: chart.height }} />}
      <EventList events={events} />
      <div className="tools">
        {table && <CopyButton type="text" size="small" words={() => tabbed(table)}>{t('figure.copyData')}</CopyButton>}
        <PictureButton drawn={drawn} name={figure.anchor} title={chart.title} caption={chart.caption} />
      </div>
      {table && <details className="data"><summary>{t('figure.data')}</summary><ReportTable table={table} label={chart.title || t('figure.data')} /></details>}
    </figure>
  )
}

/** The periods of a chart over time; of any other chart there are none. */
const periodsOf = ({ kind, option }: FigureBlock['chart']): string[] => (kind === 'trend' ? (option.xAxis as { data: string[] }).data : [])

type PictureProps = { drawn: React.RefObject<EChartsType | null>; name: string; title: string; caption: string }

function PictureButton({ drawn, ...words }: PictureProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const take = async () => {
    if (drawn.current && (await savePicture(drawn.current, words))) message.success(t('common.copied'))
  }
  return <Button type="text" size="small" icon={<FileImageOutlined />} onClick={() => void take()}>{t('figure.copyPicture')}</Button>
}

/** A chart is drawn when the reader comes near it. */
function useNear() {
  const box = useRef<HTMLElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!box.current) return undefined
    const watcher = new IntersectionObserver((entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true) }, { rootMargin: '600px' })
    watcher.observe(box.current)
    const all = () => setSeen(true)
    addEventListener('beforeprint', all)
    return () => {
      watcher.disconnect()
      removeEventListener('beforeprint', all)
    }
  }, [])
  return { box, seen }
}

/** A cell that a spreadsheet would take for a formula is quoted. */
const safe = (words: string): string => (/^[=@]|^[+-][^\d]/.test(words) ? `'${words}` : words)

function tabbed(table: TableBlock): string {
  const cell = ({ text, small, chip }: TableBlock['rows'][number][number]) =>
    safe([chip ? `${chip.shape} ${chip.word}${chip.detail}` : text, small].filter(Boolean).join(' ').replace(/\s+/g, ' '))
  return [table.header.map(safe).join('\t'), ...table.rows.map((row) => row.map(cell).join('\t'))].join('\n')
}
