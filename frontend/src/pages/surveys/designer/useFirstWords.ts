import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { load } from '../../../app/language.ts'

/** Words that a new question begins with, in its own languages whatever the reader's is; none in those we do not speak. */
export function useFirstWords(): (key: string, tag: string) => string {
  const { t } = useTranslation()
  useEffect(() => { void Promise.all([load('zh-CN'), load('en')]) }, [])
  return (key, tag) => (tag === 'en' || tag.startsWith('zh') ? t(`designer.first.${key}`, { lng: tag === 'en' ? 'en' : 'zh-CN' }) : '')
}
