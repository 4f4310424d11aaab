import { useQuery } from '@tanstack/react-query'
import { Alert, Select, Slider } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../api/client.ts'
import type { Text } from '../../app/language.ts'
import { useLanguage, useSay } from '../../app/language.ts'
import type { Cell } from '../../components/cells.ts'
import { difference, interval, number } from '../../components/format.ts'
import { Loaded } from '../../components/Loaded.tsx'
import { Absent } from '../../components/NumberWithInterval.tsx'
import type { DriverResult } from '../../api/drivers.ts'

type Span = { estimate: number; low: number; high: number }
type Reckoned = {
  target_label: Text
  aspect_label: Text
  unit: Cell['unit']
  points_used: number
  now: Cell
  expected: Span | null
  change: Span | null
  n: number
  caution: Text
  notes: Text[]
  not_estimable?: string
}

const USUAL_POINTS = 5
const MOST_POINTS = 20

/** What goes with an aspect rated some points higher: an expectation with its interval, never a promise. */
export function WhatIf({ id, result: { target, drivers, notes } }: { id: string; result: DriverResult }) {
  const { t } = useTranslation()
  const say = useSay()
  const possible = drivers.filter(({ beta, performance }) => beta !== null && performance !== null)
  const first = possible.find(({ quadrant }) => quadrant === 'fix_first') ?? possible[0]
  const [aspect, chooseAspect] = useState(first?.column)
  const [points, choosePoints] = useState(USUAL_POINTS)
  const [shown, show] = useState(USUAL_POINTS)
  if (!aspect) return null
  return (
    <section className="panel stack what-if" aria-label={t('whatIf.title')}>
      <h2>{t('whatIf.title')}</h2>
      <div className="what-if-form">
        <label>{t('whatIf.aspect')}
          <Select value={aspect} onChange={chooseAspect} options={possible.map(({ column, label }) => ({ value: column, label: say(label) || column }))} />
        </label>
        <div>
          <span id="what-if-points">{t('whatIf.points', { n: shown })}</span>
          <Slider min={1} max={MOST_POINTS} value={shown} onChange={show} onChangeComplete={choosePoints} ariaLabelledByForHandle="what-if-points" />
        </div>
      </div>
      <Reckoning id={id} asked={{ aspect, points, target }} known={notes.map(say)} />
    </section>
  )
}

type Asked = { aspect: string; points: number; target: string }

function Reckoning({ id, asked, known }: { id: string; asked: Asked; known: string[] }) {
  const language = useLanguage()
  const read = useQuery<Reckoned, ApiError>({
    queryKey: [`/datasets/${id}/what-if`, asked],
    queryFn: ({ signal }) => api.post<Reckoned>(`/datasets/${id}/what-if`, asked, signal),
    staleTime: 300_000,
  })
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  return <Loaded read={read} rows={2}>{(found) => <Expected found={found} known={known} />}</Loaded>
}

/** Notes that stand below the drivers are not said twice. */
function Expected({ found, known }: { found: Reckoned; known: string[] }) {
  const { t } = useTranslation()
  const say = useSay()
  const { now, expected, change, unit } = found
  return (
    <>
      {expected && change ? (
        <p className="what-if-answer">
          <span className="soft">{t('whatIf.now', { target: say(found.target_label) })}</span>{' '}
          <span className="estimate">{number(now.estimate, unit)}</span>{' '}
          <span aria-hidden>→</span>{' '}
          <span className="estimate">{number(expected.estimate, unit)}</span>{' '}
          <span className="soft"> {t('whatIf.change', { change: difference(change.estimate, unit, t('unit.sharePoints')), ends: interval(change.low, change.high, unit) })}</span>
        </p>
      ) : <p><Absent reason={found.not_estimable ?? 'no_answers'} /></p>}
      <p className="small soft">{say(found.caution)}</p>
      {found.notes.map(say).filter((note) => !known.includes(note)).map((note) => <p key={note} className="small soft">{note}</p>)}
    </>
  )
}
