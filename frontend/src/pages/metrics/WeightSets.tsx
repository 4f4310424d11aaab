import { Segmented, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { WeightSet } from '../../api/metrics.ts'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import { useSay, type Text } from '../../app/language.ts'
import { share } from '../../components/format.ts'
import { Loaded } from '../../components/Loaded.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { WeightEditor } from './WeightEditor.tsx'

type Sets = Listed<WeightSet> & { scenes: Record<string, Text> }

/** Weights of the index: a line of dated sets for each scene. */
export function WeightSets() {
  const say = useSay()
  const [chosen, choose] = useAddress()
  const read = useRead<Sets>('/weight-sets')
  return (
    <Loaded read={read}>
      {({ items, scenes }) => {
        const scene = chosen.get('scene') ?? Object.keys(scenes)[0] ?? ''
        const own = items.filter((one) => one.scene === scene)
        return (
          <div className="stack">
            <div className="scroll-x"><Segmented value={scene} onChange={(value) => choose({ scene: value })} options={Object.entries(scenes).map(([value, label]) => ({ value, label: say(label) }))} /></div>
            <WeightEditor key={`${scene}${String(own[0]?.version ?? 0)}`} scene={scene} base={own[0] ?? null} />
            {own.length > 0 && <History sets={own} />}
          </div>
        )
      }}
    </Loaded>
  )
}

function History({ sets }: { sets: WeightSet[] }) {
  const { t } = useTranslation()
  const columns: TableColumnsType<WeightSet> = [
    { title: t('versions.version'), key: 'version', render: (_, one) => <span className="row">{one.version}{one.holds && <span className="tag accent">{t('metrics.holds')}</span>}</span> },
    { title: t('metrics.from'), dataIndex: 'valid_from' },
    { title: t('metrics.weights'), key: 'weights', render: (_, one) => <div className="wrap small">{one.weights.map(({ name, share: part }) => `${name} ${share(part, 0)}`).join(t('common.comma'))}</div> },
    { title: t('metrics.source'), dataIndex: 'source', render: (source: string) => source || '—' },
    { title: t('versions.by'), dataIndex: 'created_by', render: (by: string | null) => by ?? '—' },
  ]
  return (
    <section className="panel flush">
      <Table<WeightSet> className="listing" columns={columns} dataSource={sets} rowKey="id" size="middle" pagination={false} scroll={{ x: 'max-content' }} />
    </section>
  )
}
