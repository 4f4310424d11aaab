import { Tooltip } from 'antd'
import dayjs from 'dayjs'
import relative from 'dayjs/plugin/relativeTime'
import { useLanguage } from '../app/language.ts'
import { DASH } from './format.ts'

dayjs.extend(relative)

/** A time as people say it; the exact one on hover. */
export function When({ at }: { at: string | null | undefined }) {
  useLanguage()
  if (!at) return <>{DASH}</>
  const time = dayjs(at)
  return (
    <Tooltip title={time.format('YYYY-MM-DD HH:mm:ss')}>
      <time dateTime={at}>{time.isAfter(dayjs().subtract(7, 'day')) ? time.fromNow() : time.format('YYYY-MM-DD')}</time>
    </Tooltip>
  )
}
