import { DeleteOutlined, FileTextOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetRow } from '../../../api/data.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { MOST_DATASETS } from '../../../components/datasets.ts'
import { DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { dayWords } from '../../../components/events/EventList.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useAddress } from '../../../components/useAddress.ts'
import { EventDialog } from './EventDialog.tsx'
import { KINDS, type CalendarEvent } from './event.ts'
import { ImportEvents } from './ImportEvents.tsx'

type Open = { event: CalendarEvent | null } | 'import' | null

/** What happened when: kept by hand, from a file or by API, marked on charts over time. */
export function Page() {
  const { t } = useTranslation()
  const may = useMay()
  const [chosen, choose] = useAddress()
  const [open, setOpen] = useState<Open>(null)
  const datasets = useRead<Listed<DatasetRow>>('/datasets', { limit: MOST_DATASETS }).data?.items ?? []
  const kind = chosen.get('kind')
  const close = () => setOpen(null)
  return (
    <>
      <PageHead
        title={t('calendar.title')} lead={t('calendar.lead')}
        actions={may('edit_calendar') && <>
          <Button icon={<FileTextOutlined />} onClick={() => setOpen('import')}>{t('calendar.import')}</Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ event: null })}>{t('calendar.add')}</Button>
        </>}
      />
      <DataTable<CalendarEvent>
        path="/calendar" rowKey="id" label={t('calendar.title')} params={{ kind }} exports columns={useColumns(datasets, setOpen)}
        local={({ title, note, where }) => [title, note, ...Object.values(where)].join(' ')}
        filters={<Select allowClear value={kind} placeholder={t('calendar.anyKind')} aria-label={t('calendar.kind')} popupMatchSelectWidth={false} options={KINDS.map((value) => ({ value, label: t(`calendar.kinds.${value}`) }))} onChange={(value?: string) => choose({ kind: value ?? null })} />}
        empty={<EmptyState title={t('calendar.none')} how={may('edit_calendar') ? t('calendar.noneHow') : t('calendar.noRight')} />}
      />
      {open === 'import' && <ImportEvents datasets={datasets} onClose={close} />}
      {open !== null && open !== 'import' && <EventDialog event={open.event} datasets={datasets} onClose={close} />}
    </>
  )
}

function useColumns(datasets: DatasetRow[], onOpen: (open: Open) => void): TableColumnsType<CalendarEvent> {
  const { t } = useTranslation()
  const say = useSay()
  const may = useMay()('edit_calendar')
  const remove = useWrite(({ id, revision }: CalendarEvent) => api.delete(`/calendar/${id}`, { revision }), {
    refresh: ['/calendar', '/datasets'], done: (_, { title }) => t('calendar.removed', { title }),
    undo: (_, { kind, title, note, since, until, dataset_id, where }) => api.post('/calendar', { kind, title, note, since, until, dataset_id, where }),
  })
  const scope = (where: Record<string, string>) => Object.entries(where).map(([column, value]) => `${column}＝${value}`).join(t('common.comma')) || t('calendar.everybody')
  return [
    { title: t('calendar.days'), key: 'since', render: (_, row) => <span className="nowrap">{dayWords(row)}</span> },
    { title: t('calendar.kind'), key: 'kind', render: (_, row) => <span className="tag">{say(row.kind_words)}</span> },
    { title: t('calendar.name'), key: 'title', render: (_, row) => <div className="wrap">{may ? <button type="button" className="as-link" onClick={() => onOpen({ event: row })}>{row.title}</button> : row.title}{row.note && <div className="small soft">{row.note}</div>}</div> },
    { title: t('calendar.scope'), key: 'where', render: (_, row) => <span className="wrap">{scope(row.where)}</span> },
    { title: t('calendar.dataset'), key: 'dataset', render: (_, row) => (row.dataset_id === null ? t('calendar.allDatasets') : (datasets.find(({ id }) => id === row.dataset_id)?.name ?? '—')) },
    { title: t('calendar.source'), key: 'source', render: (_, row) => <span className="small">{t(`calendar.sources.${row.source}`, { defaultValue: row.source })}</span> },
    ...(may ? [{ title: <span className="hidden">{t('common.remove')}</span>, key: 'remove', className: 'number', render: (_: unknown, row: CalendarEvent) => <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('calendar.removeOne', { title: row.title })} onClick={() => remove.mutate(row)} /> }] : []),
  ]
}
