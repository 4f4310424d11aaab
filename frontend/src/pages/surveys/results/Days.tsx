import { useTranslation } from 'react-i18next'
import type { DayCount } from '../../../api/surveys.ts'
import { count } from '../../../components/format.ts'

/** Answers of each of the last days as bars, each with its number. */
export function Days({ days }: { days: readonly DayCount[] }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...days.map(({ n }) => n))
  return (
    <ol className="days" aria-label={t('surveys.byDay')}>
      {days.map(({ day, n }) => (
        <li key={day}>
          <span>{n > 0 ? count(n) : ''}<span className="hidden">{n === 0 ? '0' : ''}</span></span>
          <i className={n ? '' : 'none'} style={{ height: `${String((72 * n) / most)}px` }} />
          <span className="day">{day.slice(5).replace('-', '/')}</span>
        </li>
      ))}
    </ol>
  )
}
