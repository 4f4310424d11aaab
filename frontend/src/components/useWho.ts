import { useTranslation } from 'react-i18next'

/** What the server calls itself where nobody has done something. */
const SYSTEM = 'system'

/** Who did it, in the reader's words: the system has no name of its own. */
export function useWho(): (name: string | null | undefined) => string {
  const { t } = useTranslation()
  return (name) => (name === SYSTEM ? t('audit.system') : (name ?? '—'))
}
