import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { ChannelSteps, Mailing, OpenSteps, Steps } from '../../../api/sending.ts'
import { count, share } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'

const STEPS = ['sent', 'delivered', 'opened', 'started', 'finished'] as const
const EVERY_MS = 5_000

/** How far the links of each mailing came. */
export function Funnel({ surveyId, mailings }: { surveyId: string; mailings: Mailing[] }) {
  const { t } = useTranslation()
  const read = useRead<Listed<Steps> & { channels: ChannelSteps[] }>(`/surveys/${surveyId}/funnel`, undefined, { every: () => EVERY_MS })
  const names = new Map(mailings.map(({ id, name }) => [id, name]))
  return (
    <section className="panel stack tight" aria-label={t('sending.funnel')}>
      <h2>{t('sending.funnel')}</h2>
      <p className="soft small">{t('sending.funnelHow')}</p>
      <Loaded read={read} rows={2}>
        {({ items, channels }) => items.length === 0 ? <p className="soft">{t('sending.nothingOut')}</p> : (
          <>
            <ByChannel rows={channels} />
            <h3>{t('sending.byMailing')}</h3>
            <div className="funnels">
              {items.map((one) => (
                <div key={one.mailing_id} className="stack tight">
                  <h4>{names.get(one.mailing_id)} <span className="tag">{t(`surveyChannel.${one.channel}`)}</span></h4>
                  <dl className="funnel">
                    {STEPS.map((step) => <Step key={step} name={step === 'delivered' ? t(`sending.delivered.${one.delivered_by}`) : t(`sending.steps.${step}`)} n={one[step]} of={one.sent} />)}
                  </dl>
                  {(one.bounced > 0 || one.refused > 0) && <p className="small soft">{t('sending.lost', { bounced: count(one.bounced), refused: count(one.refused) })}</p>}
                </div>
              ))}
            </div>
          </>
        )}
      </Loaded>
    </section>
  )
}

/** The same, added up by channel: which way brings answers. */
function ByChannel({ rows }: { rows: ChannelSteps[] }) {
  const { t } = useTranslation()
  const steps = (['sent', 'opened', 'started', 'finished'] as const).map((step) => ({ title: t(`sending.steps.${step}`), key: step, align: 'right' as const, render: (_: unknown, row: ChannelSteps) => count(row[step]) }))
  const columns: TableColumnsType<ChannelSteps> = [
    { title: t('sending.channel'), key: 'channel', render: (_, { channel }) => t(`surveyChannel.${channel}`) },
    ...steps.slice(0, 1),
    { title: t('sending.steps.delivered'), key: 'delivered', align: 'right', render: (_, row) => row.delivered === null ? '—' : <>{count(row.delivered)}{row.delivered_by !== 'receipt' && <div className="tiny soft">{t('sending.delivered.no_bounce')}</div>}</> },
    ...steps.slice(1),
    { title: t('sending.finishedShare'), key: 'share', align: 'right', render: (_, row) => share(row.finished_share) },
  ]
  return <Table<ChannelSteps> className="channels" size="small" rowKey="channel" pagination={false} columns={columns} dataSource={rows} scroll={{ x: 'max-content' }} />
}

const OPEN_STEPS = ['opened', 'started', 'finished'] as const

/** How far those came who used an open link: numbers, and nothing of who. */
export function OpenFunnel({ surveyId }: { surveyId: string }) {
  const { t } = useTranslation()
  const read = useRead<Listed<OpenSteps>>(`/surveys/${surveyId}/open-funnel`, undefined, { every: () => EVERY_MS })
  const items = read.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="panel stack tight" aria-label={t('sending.openFunnel')}>
      <h2>{t('sending.openFunnel')}</h2>
      <p className="soft small">{t('sending.openFunnelHow')}</p>
      <div className="funnels">
        {items.map((one) => (
          <div key={one.link_id} className="stack tight">
            <h3>{one.name} <span className="tag">{t(`surveyChannel.${one.kind}`)}</span></h3>
            <dl className="funnel">{OPEN_STEPS.map((step) => <Step key={step} name={t(`sending.steps.${step}`)} n={one[step]} of={Math.max(one.opened, one.finished)} />)}</dl>
            {one.screened_out > 0 && <p className="small soft">{t('sending.screenedOut', { n: count(one.screened_out) })}</p>}
          </div>
        ))}
      </div>
    </section>
  )
}

/** One step; of what nobody can know there is a dash. */
function Step({ name, n, of }: { name: string; n: number | null; of: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd><meter min={0} max={Math.max(of, 1)} value={n ?? 0} aria-hidden="true" /><span className="number">{count(n)}</span></dd>
    </div>
  )
}
