import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { address } from '../../api/client.ts'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import type { SurveyLink } from '../../api/surveys.ts'
import { useLanguage } from '../../app/language.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { opensOnlyHere } from '../../components/onlyHere.ts'

/** The code of a link, to be scanned from the screen or taken along; says so where no phone can open it. */
export function QrCode({ surveyId, link }: { surveyId: string; link: SurveyLink }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const code = (kind: 'svg' | 'png' | 'pdf') => address(`/surveys/${surveyId}/links/${link.id}/code.${kind}`)
  return (
    <figure className="qr">
      <img src={code('svg')} width={176} height={176} alt={t('surveys.qrOf', { name: link.name })} />
      <figcaption className="stack tight">
        {opensOnlyHere(link.address) ? <Alert type="warning" showIcon title={t('surveys.qrHere')} /> : <p className="small soft">{t('surveys.qrHow')}</p>}
        <p className="row small"><a href={code('png')} download={`${link.name}.png`}>{t('surveys.qrPicture')}</a><a href={code('svg')} download={`${link.name}.svg`}>{t('surveys.qrVector')}</a><a href={`${code('pdf')}?lang=${language}`} download={`${link.name}.pdf`}>{t('surveys.qrPoster')}</a></p>
      </figcaption>
    </figure>
  )
}

/** The open link of a questionnaire with its code; nothing where it has none. */
export function OpenLink({ surveyId }: { surveyId: string }) {
  const { t } = useTranslation()
  const links = useRead<Listed<SurveyLink>>(`/surveys/${surveyId}/links`, undefined, { fresh: 0 })
  const open = links.data?.items.find(({ closed, kind }) => !closed && kind === 'link')
  if (!open) return null
  return (
    <div className="stack tight">
      <p>{t('designer.openLink')} <a href={open.path} target="_blank" rel="noreferrer">{open.address}</a> <CopyButton size="small" words={() => open.address}>{t('common.copyLink')}</CopyButton></p>
      <QrCode surveyId={surveyId} link={open} />
    </div>
  )
}
