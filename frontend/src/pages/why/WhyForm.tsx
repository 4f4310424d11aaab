import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { isGap, type Choice } from '../../components/measures.ts'
import { EARLIER, endsOf, isSpan, monthBefore, spanOf, type Asked } from './asked.ts'

type Props = { measures: Choice[]; asked: Asked; rivals: Choice[]; timed: boolean; onChange: (part: Partial<Asked>) => void }

const OTHER = 'other'

/** Which number, in which period, beside which other one. */
export function WhyForm({ measures, asked, rivals, timed, onChange }: Props) {
  const { t } = useTranslation()
  const gap = isGap(asked.compare)
  const all = gap ? [{ value: '', label: t('why.gap.furthest') }, ...measures] : measures
  const known = all.some(({ value }) => value === asked.metric) ? all : [...all, { value: asked.metric, label: asked.metric }]
  const overTime = timed ? [...EARLIER.map((value) => ({ value: value as string, label: t(`query.against.${value}`) })), { value: OTHER, label: t('why.otherPeriod') }] : []
  const named = gap && !rivals.some(({ value }) => value === asked.compare) ? [{ value: asked.compare, label: t('query.against.competitor') }] : []
  const kinds = [...overTime, ...rivals, ...named]
  return (
    <section className="panel why-form" aria-label={t('why.form')}>
      <label>{t('query.metric')}
        <Select aria-label={t('query.metric')} showSearch={{ optionFilterProp: 'label' }} value={asked.metric} options={known} onChange={(metric: string) => onChange({ metric })} />
      </label>
      {timed && (
        <label>{t('query.period')}
          <Days since={asked.since || null} until={asked.until || null} open={gap} onChange={(since, until) => onChange({ since, until })} />
        </label>
      )}
      <label>{t('query.compare')}
        <Select
          aria-label={t('query.compare')} value={isSpan(asked.compare) ? OTHER : asked.compare} options={kinds}
          onChange={(kind: string) => onChange(chosenKind(kind, asked))}
        />
      </label>
      {isSpan(asked.compare) && (
        <label>{t('why.otherPeriod')}
          <Days since={endsOf(asked.compare)[0]} until={endsOf(asked.compare)[1]} open={false} onChange={(since, until) => onChange({ compare: spanOf(since, until) })} />
        </label>
      )}
    </section>
  )
}

/** Between a change and a gap the days and the metric start anew: either has its own. */
function chosenKind(kind: string, asked: Asked): Partial<Asked> {
  const compare = kind === OTHER ? monthBefore(asked.since || dayjs().format('YYYY-MM-DD')) : kind
  return isGap(kind) === isGap(asked.compare) ? { compare } : { compare, metric: '', since: '', until: '' }
}

function Days({ since, until, open, onChange }: { since: string | null; until: string | null; open: boolean; onChange: (since: string, until: string) => void }) {
  const { t } = useTranslation()
  const day = (words: string | null) => (words ? dayjs(words) : null)
  return (
    <DatePicker.RangePicker
      allowClear={open} value={[day(since), day(until)]} {...(open ? { placeholder: [t('why.gap.allDays'), t('why.gap.allDays')] as [string, string] } : {})}
      onChange={(range) => {
        if (range?.[0] && range[1]) onChange(range[0].format('YYYY-MM-DD'), range[1].format('YYYY-MM-DD'))
        else if (open) onChange('', '')
      }}
    />
  )
}
