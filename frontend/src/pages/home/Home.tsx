import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/me.tsx'

export function Page() {
  const { t } = useTranslation()
  const { staff } = useMe()
  return <h1>{t('home.hello', { name: staff.name })}</h1>
}
