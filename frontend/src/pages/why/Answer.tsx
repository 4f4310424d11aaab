import { useQuery } from '@tanstack/react-query'
import { Alert, Segmented, Select } from 'antd'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../api/client.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import { CallChip } from '../../components/CallChip.tsx'
import { Chart, type Colours } from '../../components/Chart.tsx'
import { DataEnds } from '../../components/DataEnds.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Facts } from '../../components/Facts.tsx'
import { count, number, ownInterval } from '../../components/format.ts'
import { Loaded } from '../../components/Loaded.tsx'
import { Absent } from '../../components/NumberWithInterval.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { bodyOf, type Asked } from './asked.ts'
import { Course } from './Course.tsx'
import { GapFound } from './GapFound.tsx'
import { Groups } from './Groups.tsx'
import type { Dimension, Why } from '../../api/why.ts'
import { Voices } from './Voices.tsx'
import { waterfall, waterfallHeight } from './waterfall.ts'

const FEW = 5

export function Answer({ id, asked }: { id: string; asked: Asked }) {
  const language = useLanguage()
  const of = [`/datasets/${id}/why`, asked]
  const read = useQuery<Why, ApiError>({
    queryKey: of,
    queryFn: ({ signal }) => api.post<Why>(`/datasets/${id}/why`, bodyOf(asked), signal),
    placeholderData: (before) => before, staleTime: 300_000,
  })
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  return (
    <div className="stack" aria-busy={read.isFetching}>
      <Loaded read={read} rows={12} asked={{ dataset: id, of }}>{(why) => <Found id={id} asked={asked} why={why} />}</Loaded>
    </div>
  )
}

function Found({ id, asked, why }: { id: string; asked: Asked; why: Why }) {
  const { t } = useTranslation()
  const [, choose] = useAddress()
  const say = useSay()
  const { whole, unit } = why
  if (why.gap) return <GapFound why={why} gap={why.gap} />
  const ended = <DataEnds ends={why.data.ends} empty={why.not_estimable !== undefined} onShow={(days) => choose({ ...asked, ...days }, { replace: false })} />
  if (why.not_estimable) return <div className="panel"><EmptyState title={t('why.nothing')} how={<Absent reason={why.not_estimable} />}>{ended}</EmptyState></div>
  return (
    <>
      <section className="panel stack">
        <p className="why-finding">{say(why.finding)}</p>
        {ended}
        <Facts
          facts={[
            [t('why.before'), `${number(whole.comparison?.reference, unit)} ${why.whole_before ? ownInterval({ ...why.whole_before, unit }) : ''} · ${days(why.before)}`],
            [t('why.after'), `${number(whole.estimate, unit)} ${ownInterval({ low: whole.low, high: whole.high, unit })} · ${days(why.after)}`],
            ['n', why.whole_before ? `${count(why.whole_before.n)} → ${count(whole.n)}` : count(whole.n)],
            [t('why.call'), <CallChip key="call" comparison={whole.comparison} unit={unit} counted={whole.counted} higherIsBetter={why.definition.higher_is_better} />],
          ]}
        />
      </section>
      <Places why={why} />
      <Course id={id} asked={asked} why={why} />
      <Voices why={why} />
      {why.notes.length > 0 && <section className="panel stack small soft">{why.notes.map((note) => <p key={say(note)}>{say(note)}</p>)}</section>}
    </>
  )
}

const days = ({ since, until }: Why['before']): string => [since, until].filter(Boolean).join(' – ')

/** One dimension at a time: its groups from the number before to the number after. */
export function Places({ why }: { why: Why }) {
  const { t } = useTranslation()
  const say = useSay()
  const [chosen, choose] = useAddress()
  const shown = why.dimensions.find(({ column }) => column === chosen.get('dimension')) ?? why.dimensions[0]
  const options = why.dimensions.map(({ column, label }) => ({ value: column, label: say(label) || column }))
  if (!shown) return null
  const pick = (dimension: string) => choose({ dimension })
  return (
    <section className="panel stack">
      <div className="why-places">
        <h2>{t('why.where')}</h2>
        {options.length <= FEW
          ? <Segmented aria-label={t('why.dimension')} value={shown.column} options={options} onChange={pick} />
          : <Select aria-label={t('why.dimension')} value={shown.column} options={options} onChange={pick} popupMatchSelectWidth={false} />}
      </div>
      <p className="soft small">{why.gap ? t('why.gap.how', { rival: say(why.gap.rival) }) : t('why.how')}</p>
      {shown.reversed && <p className="small">{t('why.reversed', { dimension: say(shown.label) })}</p>}
      <Steps why={why} dimension={shown} />
      <div className="why-groups"><Groups why={why} dimension={shown} /></div>
    </section>
  )
}

function Steps({ why, dimension }: { why: Why; dimension: Dimension }) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const sayer = useMemo(() => ({ t, say }), [t, language])
  const option = useCallback((colours: Colours, wide: boolean) => waterfall(why, dimension, sayer, colours, wide), [why, dimension, sayer])
  return <Chart option={option} height={waterfallHeight(dimension)} label={t(why.gap ? 'why.gap.chart' : 'why.chart')} />
}
