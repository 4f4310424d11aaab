import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { lastDays, type Days } from './ending.ts'

type Props = { ends: string | null | undefined; empty: boolean; onShow: (days: Days) => void }

/** Where the data ends, if the days asked for go on after that; where none of them has answers, the last ones that do are one click away. */
export function DataEnds({ ends, empty, onShow }: Props) {
  const { t } = useTranslation()
  if (!ends) return null
  return <div className="row small"><span className="soft">{t('ending.said', { day: ends })}</span>{empty && <ShowLast ends={ends} onShow={onShow} />}</div>
}

export function ShowLast({ ends, onShow }: { ends: string; onShow: (days: Days) => void }) {
  const { t } = useTranslation()
  const days = lastDays(ends)
  return <Button size="small" onClick={() => onShow(days)}>{t('ending.show', days)}</Button>
}
