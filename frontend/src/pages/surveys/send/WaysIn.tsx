import { QrcodeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { SurveyLink } from '../../../api/surveys.ts'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { count } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { QrCode } from '../QrCode.tsx'
import { CodesDialog } from './CodesDialog.tsx'

const MOST_CODES_SHOWN = 8

type Way = SurveyLink & { options?: { personal?: boolean } }

/** Open links: whoever has one may answer. Those behind personal links open nothing and are not shown. */
export function WaysIn({ surveyId }: { surveyId: string }) {
  const { t } = useTranslation()
  const [listing, setListing] = useState(false)
  const read = useRead<Listed<Way>>(`/surveys/${surveyId}/links`)
  return (
    <section className="panel stack tight" aria-label={t('sending.links')}>
      <h2>{t('sending.links')}</h2>
      <p className="soft small">{t('sending.linksHow')}</p>
      <Loaded read={read} rows={1}>{({ items }) => <Parted surveyId={surveyId} ways={items.filter((one) => !one.options?.personal && !one.closed && one.kind !== 'widget')} />}</Loaded>
      <div><Button icon={<QrcodeOutlined />} onClick={() => setListing(true)}>{t('codes.add')}</Button></div>
      {listing && <CodesDialog surveyId={surveyId} onClose={() => setListing(false)} />}
    </section>
  )
}

/** A batch of codes is folded, so that it does not push everything else away. */
function Parted({ surveyId, ways }: { surveyId: string; ways: Way[] }) {
  const { t } = useTranslation()
  const codes = ways.filter(({ kind }) => kind === 'qr')
  if (codes.length <= MOST_CODES_SHOWN) return <Ways surveyId={surveyId} ways={ways} />
  return (
    <>
      <Ways surveyId={surveyId} ways={ways.filter(({ kind }) => kind !== 'qr')} />
      <details><summary>{t('codes.folded', { n: count(codes.length) })}</summary><Ways surveyId={surveyId} ways={codes} /></details>
    </>
  )
}

function Ways({ surveyId, ways }: { surveyId: string; ways: Way[] }) {
  const { t } = useTranslation()
  return (
    <ul className="ways">
      {ways.map((one) => (
        <li key={one.id} className="row">
          <span className="way-name">{one.name} <span className="tag">{t(`surveyChannel.${one.kind}`, { defaultValue: one.kind })}</span></span>
          {one.kind === 'api' ? <code>{`/api/v1/answers/${one.code}`}</code> : <a href={one.path} target="_blank" rel="noreferrer">{one.path}</a>}
          <CopyButton size="small" words={() => one.kind === 'api' ? one.address.replace('/s/', '/api/v1/answers/') : one.address}>{t('common.copy')}</CopyButton>
          {one.kind !== 'api' && <details className="small"><summary>{t('surveys.qr')}</summary><QrCode surveyId={surveyId} link={one} /></details>}
        </li>
      ))}
    </ul>
  )
}
