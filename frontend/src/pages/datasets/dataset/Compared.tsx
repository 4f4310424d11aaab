import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Version } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import { Facts } from '../../../components/Facts.tsx'
import { count } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { useAddress } from '../../../components/useAddress.ts'

type Difference = { added: number; removed: number; changed: number; columns_added: string[]; columns_removed: string[] }

/** What changed between two versions. */
export function Compared({ id, versions }: { id: string; versions: Version[] }) {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const a = chosen.get('a') ?? String(versions[1]?.version)
  const b = chosen.get('b') ?? String(versions[0]?.version)
  const read = useRead<Difference>(`/datasets/${id}/versions/compare`, { a, b })
  const options = versions.map(({ version }) => ({ value: String(version), label: t('versions.number', { version }) }))
  return (
    <section className="panel stack">
      <div className="row">
        <h2>{t('versions.compare')}</h2>
        <Select value={a} options={options} aria-label={t('versions.from')} onChange={(value) => choose({ a: value })} />
        <span aria-hidden="true">→</span>
        <Select value={b} options={options} aria-label={t('versions.to')} onChange={(value) => choose({ b: value })} />
      </div>
      <Loaded read={read} rows={1}>
        {(found) => (
          <Facts
            facts={[
              [t('versions.added'), count(found.added)], [t('versions.removed'), count(found.removed)], [t('versions.changed'), count(found.changed)],
              found.columns_added.length > 0 && [t('versions.columnsAdded'), found.columns_added.join('、')],
              found.columns_removed.length > 0 && [t('versions.columnsRemoved'), found.columns_removed.join('、')],
            ]}
          />
        )}
      </Loaded>
    </section>
  )
}
