import { Tabs, type TabsProps } from 'antd'
import { useEffect, useRef } from 'react'

/** The tabs of a page; on a narrow screen the one that is open is pushed into view. */
export function PageTabs(props: TabsProps) {
  const box = useRef<HTMLDivElement>(null)
  const { activeKey } = props
  useEffect(() => {
    box.current?.querySelector('.ant-tabs-tab-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeKey])
  return <div ref={box}><Tabs {...props} /></div>
}
