import { Button, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import type { Mailing } from '../../../api/sending.ts'
import { useSay } from '../../../app/language.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { count } from '../../../components/format.ts'

type Do = 'start' | 'pause' | 'stop'
type Props = { mailings: Mailing[]; onEdit: (one: Mailing) => void; onAdd: () => void }

/** The mailings of a questionnaire: what each does, how many it invited, and what can be done now. */
export function MailingList({ mailings, onEdit, onAdd }: Props) {
  const { t } = useTranslation()
  const columns = useColumns(onEdit)
  return (
    <section className="panel stack tight" aria-label={t('sending.mailings')}>
      <h2>{t('sending.mailings')}</h2>
      {mailings.length === 0 ? (
        <EmptyState title={t('sending.none')} how={t('sending.noneHow')}><Button onClick={onAdd}>{t('sending.add')}</Button></EmptyState>
      ) : (
        <Table<Mailing> size="small" rowKey="id" pagination={false} columns={columns} dataSource={mailings} scroll={{ x: 'max-content' }} />
      )}
    </section>
  )
}

function useColumns(onEdit: (one: Mailing) => void): TableColumnsType<Mailing> {
  const { t } = useTranslation()
  return [
    { title: t('sending.name'), key: 'name', render: (_, row) => row.status === 'stopped' || !row.plan ? row.name : <Button type="link" className="bare" onClick={() => onEdit(row)}>{row.name}</Button> },
    { title: t('sending.channel'), key: 'channel', render: (_, { plan }) => plan && t(`surveyChannel.${plan.channel}`) },
    { title: t('sending.when'), key: 'when', render: (_, { plan }) => plan && t(`sending.occasions.${plan.rule.on}`) },
    { title: t('sending.status'), key: 'status', render: (_, row) => <Standing row={row} /> },
    { title: t('sending.invited'), key: 'n', align: 'right', render: (_, { n }) => count(n ?? 0) },
    { title: <span className="hidden">{t('sending.actions')}</span>, key: 'do', render: (_, row) => <Actions row={row} /> },
  ]
}

function Standing({ row: { all_sent, fault, held_up, next_wave_at, status } }: { row: Mailing }) {
  const { t } = useTranslation()
  const say = useSay()
  if (fault) return <span className="bad">{say(fault)}</span>
  return (
    <>
      <span className="tag">{t(`sending.statuses.${all_sent ? 'all_sent' : status}`)}</span>
      {held_up && <div className="bad small held-up">{t('sending.heldUp', { why: say(held_up) })}</div>}
      {next_wave_at && <div className="soft small">{t('sending.nextWave', { at: onItsClock(next_wave_at) })}</div>}
    </>
  )
}

/** A moment as the clock of the mailing's own zone shows it, which the server has put it on. */
const onItsClock = (at: string): string => at.slice(0, 16).replace('T', ' ')

function Actions({ row }: { row: Mailing }) {
  const { t } = useTranslation()
  const state = useWrite((what: Do) => api.post<Mailing>(`/surveys/${row.survey_id}/mailings/${row.id}/state`, { do: what, revision: row.revision }), {
    refresh: [`/surveys/${row.survey_id}`], done: (answer) => t('sending.nowIs', { name: answer.name, status: t(`sending.statuses.${answer.status}`) }),
  })
  const links = useWrite(() => api.file(`/surveys/${row.survey_id}/mailings/${row.id}/links`, {}, undefined), { refresh: [`/surveys/${row.survey_id}/funnel`], after: (blob) => save(blob) })
  const press = (what: Do) => <Button key={what} size="small" loading={state.isPending} onClick={() => state.mutate(what)}>{t(`sending.does.${what}`)}</Button>
  return (
    <span className="row nowrap">
      {row.plan?.channel === 'link' && row.status !== 'draft' && <Button size="small" loading={links.isPending} onClick={() => links.mutate(undefined)}>{t('sending.takeLinks')}</Button>}
      {row.plan && row.status !== 'running' && row.status !== 'stopped' && press('start')}
      {row.plan && row.status === 'running' && press('pause')}
      {(row.status === 'running' || row.status === 'paused' || (row.fault && row.status !== 'stopped')) && press('stop')}
    </span>
  )
}

function save(blob: Blob): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: 'links.csv' })
  link.click()
  URL.revokeObjectURL(link.href)
}
