import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'

type Props = { row: { expires_at: string; revoked_at: string | null } }

/** How long something holds: until when, or that it ended. */
export function Lifetime({ row }: Props) {
  const { t } = useTranslation()
  if (row.revoked_at) return <span className="tag">{t('lifetime.revoked')}</span>
  if (dayjs(row.expires_at).isBefore(dayjs())) return <span className="tag">{t('lifetime.expired')}</span>
  return <>{dayjs(row.expires_at).format('YYYY-MM-DD')}</>
}
