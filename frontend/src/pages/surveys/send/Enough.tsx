import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { Needed } from '../../../api/sending.ts'
import { count } from '../../../components/format.ts'

/** Whether the answers are enough for ±3 points; nothing is shown before there is a score. */
export function Enough({ surveyId }: { surveyId: string }) {
  const { t } = useTranslation()
  const read = useRead<Listed<Needed>>(`/surveys/${surveyId}/needed`)
  const [all] = read.data?.items ?? []
  if (!all || all.n === null) return null
  const half = (all.half_width ?? 0).toFixed(1)
  return (
    <section className="panel stack tight" aria-label={t('sending.enough')}>
      <h2>{t('sending.enough')}</h2>
      <p>{t('sending.enoughNow', { n: count(all.n), half })} {all.n_more === 0 ? t('sending.isEnough') : all.n_more !== null && t('sending.more', { n: count(all.n_more) })}</p>
    </section>
  )
}
