import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { SurveyLink } from '../../../api/surveys.ts'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { Loaded } from '../../../components/Loaded.tsx'

type Way = SurveyLink & { options?: { personal?: boolean } }

/** Open links: whoever has one may answer. Those behind personal links open nothing and are not shown. */
export function WaysIn({ surveyId }: { surveyId: string }) {
  const { t } = useTranslation()
  const read = useRead<Listed<Way>>(`/surveys/${surveyId}/links`)
  return (
    <section className="panel stack tight" aria-label={t('sending.links')}>
      <h2>{t('sending.links')}</h2>
      <p className="soft small">{t('sending.linksHow')}</p>
      <Loaded read={read} rows={1}>
        {({ items }) => (
          <ul className="ways">
            {items.filter((one) => !one.options?.personal && !one.closed && one.kind !== 'widget').map((one) => (
              <li key={one.id} className="row">
                <span className="way-name">{one.name} <span className="tag">{t(`surveyChannel.${one.kind}`, { defaultValue: one.kind })}</span></span>
                <a href={one.path} target="_blank" rel="noreferrer">{one.path}</a>
                <CopyButton size="small" words={() => `${window.location.origin}${one.path}`}>{t('common.copy')}</CopyButton>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  )
}
