import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Name the browser's tab after the page. */
export function useTitle(title: string): void {
  const { t } = useTranslation()
  const brand = t('shell.brand')
  useEffect(() => {
    document.title = title ? `${title} · ${brand}` : brand
  }, [title, brand])
}
