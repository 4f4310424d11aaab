import { useTranslation } from 'react-i18next'
import type { Editing } from './useDraft.ts'

const LOOK = { saved: 'soft', waiting: 'soft', saving: 'soft', conflict: 'tag bad', refused: 'tag bad' } as const

export function SaveState({ editing: { saving } }: { editing: Editing }) {
  const { t } = useTranslation()
  return <span role="status" className={`small ${LOOK[saving]}`}>{t(`designer.saving.${saving}`)}</span>
}
