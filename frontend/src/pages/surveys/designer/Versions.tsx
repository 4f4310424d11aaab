import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { Change, Definition, Survey, SurveyVersion } from '../../../api/surveys.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { useWho } from '../../../components/useWho.ts'
import { When } from '../../../components/When.tsx'
import { Changes } from './Changes.tsx'
import { Preview } from './Preview.tsx'
import { Dialog } from '../../../components/Dialog.tsx'

/** What was asked before, and how it looked. */
export function Versions({ survey }: { survey: Survey }) {
  const { t } = useTranslation()
  const who = useWho()
  const [looked, setLooked] = useState<number | null>(null)
  const read = useRead<Listed<SurveyVersion>>(`/surveys/${survey.id}/versions`)
  const items = read.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="panel stack versions" aria-label={t('designer.versions')}>
      <h2>{t('designer.versions')}</h2>
      <p className="soft small">{t('designer.belongs')}</p>
      <ul className="plain-list">
        {items.toReversed().map(({ version, published_at, published_by }) => (
          <li key={version} className="row"><strong>v{version}</strong><When at={published_at} /><span className="soft">{who(published_by)}</span><Button size="small" type="link" onClick={() => setLooked(version)}>{t('designer.see')}<span className="hidden">v{version}</span></Button></li>
        ))}
      </ul>
      {looked !== null && <Look id={survey.id} version={looked} onClose={() => setLooked(null)} />}
    </section>
  )
}

function Look({ id, version, onClose }: { id: string; version: number; onClose: () => void }) {
  const { t } = useTranslation()
  const read = useRead<SurveyVersion & { definition: Definition }>(`/surveys/${id}/versions/${String(version)}`, undefined, { fresh: Infinity })
  const [since, setSince] = useState(version - 1)
  const changes = useRead<Listed<Change>>(`/surveys/${id}/changes`, { version, since }, { fresh: Infinity, enabled: since > 0 })
  const earlier = Array.from({ length: version - 1 }, (_, at) => version - 1 - at)
  return (
    <Dialog title={t('designer.versionN', { n: version })} onCancel={onClose} footer={null} destroyOnHidden>
      <div className="stack">
        {since > 0 && <label className="row small"><span className="soft">{t('designer.comparedWith')}</span><Select size="small" value={since} onChange={setSince} options={earlier.map((value) => ({ value, label: `v${String(value)}` }))} /></label>}
        {changes.data && <Changes changes={changes.data.items} />}
        <Loaded read={read}>{({ definition }) => <Preview definition={definition} page={null} question={null} />}</Loaded>
      </div>
    </Dialog>
  )
}
