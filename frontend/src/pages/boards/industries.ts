import { useTranslation } from 'react-i18next'
import type { Industry } from '../../api/boards.ts'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'

/** The industries a role's board can be arranged for, to choose from. */
export function useIndustries(): { value: string; label: string }[] {
  const { t } = useTranslation()
  const say = useSay()
  const read = useRead<Listed<Industry>>('/boards/industries')
  return [
    { value: 'auto', label: t('boards.industryAuto') },
    { value: 'none', label: t('boards.industryNone') },
    ...(read.data?.items ?? []).map(({ id, name }) => ({ value: id, label: say(name) })),
  ]
}
