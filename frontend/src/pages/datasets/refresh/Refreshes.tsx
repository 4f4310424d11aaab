import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetDetail } from '../../../api/data.ts'
import type { Refresh, Sources } from '../../../api/refreshes.ts'
import { useRead, useWrite, type Page } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Facts } from '../../../components/Facts.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { When } from '../../../components/When.tsx'
import { RefreshDialog } from './RefreshDialog.tsx'

/** Where new rows come from by themselves, when they last did, and what went wrong. */
export function Refreshes({ dataset, onJob }: { dataset: DatasetDetail; onJob: (job: string) => void }) {
  const { t } = useTranslation()
  const read = useRead<Page<Refresh>>(`/datasets/${dataset.id}/refreshes`)
  const sources = useRead<Sources>('/refresh-sources')
  const [edited, setEdited] = useState<Refresh | 'new' | null>(null)
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>{t('refresh.add')}</Button>
  return (
    <Loaded read={read}>
      {({ items }) => (
        <div className="stack">
          {items.length === 0 ? <div className="panel"><EmptyState title={t('refresh.none')} how={t('refresh.noneHow')}>{add}</EmptyState></div> : <div>{add}</div>}
          {items.map((refresh) => <One key={refresh.id} refresh={refresh} sources={sources.data} onEdit={() => setEdited(refresh)} onJob={onJob} />)}
          {edited && sources.data && <RefreshDialog dataset={dataset.id} refresh={edited === 'new' ? null : edited} sources={sources.data} onClose={() => setEdited(null)} />}
        </div>
      )}
    </Loaded>
  )
}

type OneProps = { refresh: Refresh; sources: Sources | undefined; onEdit: () => void; onJob: (job: string) => void }

function One({ refresh, sources, onEdit, onJob }: OneProps) {
  const { t } = useTranslation()
  const say = useSay()
  const { id, dataset_id } = refresh
  const run = useWrite(() => api.post<{ job_id: string }>(`/datasets/${dataset_id}/refreshes/${id}/run`), { refresh: [`/datasets/${dataset_id}`], after: ({ job_id }) => onJob(job_id) })
  const remove = useWrite(() => api.delete(`/datasets/${dataset_id}/refreshes/${id}`), { refresh: [`/datasets/${dataset_id}`], done: t('refresh.removed') })
  const { source, schedule } = refresh
  return (
    <section className="panel stack">
      <div className="row far">
        <h2>{say(sources?.kinds.find((kind) => kind.id === refresh.kind)?.title) || refresh.kind}</h2>
        <span className="row">
          <Button onClick={() => run.mutate(undefined)} loading={run.isPending}>{t('refresh.run')}</Button>
          <Button onClick={onEdit}>{t('common.edit')}</Button>
          <Button onClick={() => remove.mutate(undefined)}>{t('common.remove')}</Button>
        </span>
      </div>
      <p className="mono wrap">{[source.folder, source.pattern, source.url, source.query].filter(Boolean).join(' · ')}</p>
      <Facts
        facts={[
          [t('refresh.lastGood'), <When key="good" at={refresh.last_good_at} />],
          [t('refresh.when'), schedule ? `${schedule.cron}（${schedule.zone}）` : t('refresh.byHand')],
          schedule?.next_run_at != null && [t('refresh.next'), <When key="next" at={schedule.next_run_at} />],
          [t('refresh.mode'), t(refresh.mode === 'update' ? 'more.update' : 'more.replace')],
        ]}
      />
      {refresh.last_error && <Alert type="error" showIcon title={say(refresh.last_error.sentence)} description={<When at={refresh.last_error.at} />} />}
    </section>
  )
}
