import { Collapse, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../api/metrics.ts'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import { ExportMenu } from '../../components/ExportMenu.tsx'
import { Facts } from '../../components/Facts.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { useAddress } from '../../components/useAddress.ts'

/** Every metric in words and in symbols. */
export function Catalogue() {
  const { t } = useTranslation()
  const say = useSay()
  const [chosen, choose] = useAddress()
  const read = useRead<Listed<Entry>>('/metrics')
  const words = (chosen.get('search') ?? '').toLowerCase()
  return (
    <Loaded read={read} rows={10}>
      {({ items }) => (
        <div className="stack">
          <div className="row far">
            <Input.Search className="metric-search" allowClear defaultValue={words} placeholder={t('common.search')} aria-label={t('common.search')} onChange={(event) => choose({ search: event.target.value || null })} />
            <ExportMenu path="/metrics" />
          </div>
          <Collapse
            className="metric-list" bordered={false} activeKey={chosen.getAll('metric')} onChange={(keys) => choose({ metric: [keys].flat().slice(-1) })}
            items={items.filter((entry) => `${entry.id} ${say(entry.label)} ${say(entry.meaning)}`.toLowerCase().includes(words)).map((entry) => ({
              key: entry.id,
              label: <span className="metric-name"><strong>{say(entry.label)}</strong><span className="soft small">{say(entry.meaning)}</span></span>,
              children: <Definition entry={entry} />,
            }))}
          />
        </div>
      )}
    </Loaded>
  )
}

function Definition({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <div className="stack">
      <p>{say(entry.formula)}</p>
      <p className="expression mono">{entry.expression}</p>
      <Facts
        facts={[
          entry.window !== null && [t('metrics.window'), say(entry.window)],
          [t('metrics.unit'), say(entry.unit_words)], [t('metrics.delta'), say(entry.delta_words)], [t('metrics.better'), say(entry.better_words)],
          [t('metrics.version'), String(entry.version)], [t('metrics.rulesVersion'), String(entry.rules_version)], [t('metrics.id'), <code key="id">{entry.id}</code>],
        ]}
      />
      {entry.used_by.length > 0 && <p className="small soft">{t('metrics.usedBy')} {entry.used_by.map(({ kind, words }) => `${t(`userKind.${kind}`, { defaultValue: kind })} ${words}`).join(t('common.list'))}</p>}
    </div>
  )
}
