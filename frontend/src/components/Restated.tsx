import { useQuery } from '@tanstack/react-query'
import { Alert, Table, type TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../api/client.ts'
import { useRead, type Page as Listed } from '../api/hooks.tsx'
import type { RulesVersion } from '../api/metrics.ts'
import { useLanguage, useSay, type Text } from '../app/language.ts'
import type { Cell } from './cells.ts'
import { DASH, difference } from './format.ts'
import { Loaded } from './Loaded.tsx'
import { NumberWithInterval } from './NumberWithInterval.tsx'

type Moved = { metric: string; by: Record<string, string | null>; then: Cell; now: Cell | null; difference: number | null }
type Found = { refused: Text | null; moved: Moved[]; then: Ruled; now: Ruled | null }
type Ruled = { definition: { rules_version: number }[] }
type Line = Moved & { key: number }
type Props = { id: string; asked: { rules_version?: number; metrics: string[] } & Record<string, unknown>; names?: Record<string, string> }

/** Versions of the metric rules, and which of them holds today. */
export const useRules = () => useRead<Listed<RulesVersion> & { today: number }>('/metric-rules', undefined, { fresh: 60_000 })

/** The first day of the rules that come with the system: they held before anybody kept others. */
const ALWAYS = '1970-01-01'

type Named = { version: number | undefined; valid_from: string; note?: string | null | undefined }

/** Name a version of the metric rules: since when, and why; the ones that came with the system as such. */
export function ruledBy(t: TFunction, { version, valid_from, note }: Named): string {
  if (valid_from === ALWAYS) return t('restated.house', { version })
  return [t('restated.rules', { version, from: valid_from }), note].filter(Boolean).join(' · ')
}

/** The same answers by the rules of then and by those of today: what differs is the definition. */
export function Restated({ id, asked, names = {} }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const rules = useRules()
  const old = asked.rules_version !== undefined && rules.data !== undefined && asked.rules_version !== rules.data.today
  const read = useQuery<Found, ApiError>({
    queryKey: [`/datasets/${id}/restated`, asked],
    queryFn: ({ signal }) => api.post<Found>(`/datasets/${id}/restated`, asked, signal),
    enabled: old && asked.metrics.length > 0, staleTime: 60_000,
  })
  if (!old) return null
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  return (
    <section className="panel flush" aria-label={t('restated.title')}>
      <div className="table-tools"><div><h2>{t('restated.title')}</h2><p className="soft small">{t('restated.lead')}</p></div></div>
      <Loaded read={read} rows={3}>{(found) => <Sides found={found} names={names} versions={rules.data?.items ?? []} then={asked.rules_version} now={rules.data?.today} />}</Loaded>
    </section>
  )
}

function Sides({ found, names, versions, then, now }: { found: Found; names: Record<string, string>; versions: RulesVersion[]; then: number | undefined; now: number | undefined }) {
  const { t } = useTranslation()
  const say = useSay()
  const head = (words: string, version: number | undefined) => {
    const one = versions.find((each) => each.version === version)
    return <>{words}<br /><span className="tiny soft">{ruledBy(t, { version, valid_from: one?.valid_from ?? DASH, note: one?.note })}</span></>
  }
  const groups = Object.keys(found.moved[0]?.by ?? {})
  const columns: TableColumnsType<Line> = [
    ...groups.map((name) => ({ title: name === 'period' ? t('query.periodColumn') : names[name] ?? name, key: name, render: (_: unknown, { by }: Line) => by[name] ?? t('query.unknown') })),
    { title: t('query.metric'), key: 'metric', render: (_, { then: cell }) => <span className="wrap">{say(cell.label)}</span> },
    { title: head(t('restated.then'), then), key: 'then', className: 'number', render: (_, { then: cell }) => <NumberWithInterval cell={cell} /> },
    { title: head(t('restated.now'), now), key: 'now', className: 'number', render: (_, { now: cell }) => (cell ? <NumberWithInterval cell={cell} /> : DASH) },
    { title: t('restated.difference'), key: 'difference', className: 'number', render: (_, one) => difference(one.difference, one.then.unit, t('unit.sharePoints')) },
  ]
  return (
    <>
      {found.refused && <Alert type="warning" showIcon title={say(found.refused)} />}
      <Table<Line> className="listing" columns={columns} dataSource={found.moved.map((one, key) => ({ ...one, key }))} pagination={found.moved.length > 20 ? { pageSize: 20, showSizeChanger: false } : false} size="middle" scroll={{ x: 'max-content' }} />
    </>
  )
}
