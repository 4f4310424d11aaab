import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Choice } from '../../components/measures.ts'
import { EARLIER, endsOf, isSpan, monthBefore, spanOf, type Asked } from './asked.ts'

type Props = { measures: Choice[]; asked: Asked; onChange: (part: Partial<Asked>) => void }

const OTHER = 'other'

/** Which number, in which period, beside which other one. */
export function WhyForm({ measures, asked, onChange }: Props) {
  const { t } = useTranslation()
  const known = measures.some(({ value }) => value === asked.metric) ? measures : [...measures, { value: asked.metric, label: asked.metric }]
  const kinds = [...EARLIER.map((value) => ({ value: value as string, label: t(`query.against.${value}`) })), { value: OTHER, label: t('why.otherPeriod') }]
  return (
    <section className="panel why-form" aria-label={t('why.form')}>
      <label>{t('query.metric')}
        <Select aria-label={t('query.metric')} showSearch={{ optionFilterProp: 'label' }} value={asked.metric} options={known} onChange={(metric: string) => onChange({ metric })} />
      </label>
      <label>{t('query.period')}
        <Days since={asked.since} until={asked.until} onChange={(since, until) => onChange({ since, until })} />
      </label>
      <label>{t('query.compare')}
        <Select
          aria-label={t('query.compare')} value={isSpan(asked.compare) ? OTHER : asked.compare} options={kinds}
          onChange={(kind: string) => onChange({ compare: kind === OTHER ? monthBefore(asked.since) : kind })}
        />
      </label>
      {isSpan(asked.compare) && (
        <label>{t('why.otherPeriod')}
          <Days since={endsOf(asked.compare)[0]} until={endsOf(asked.compare)[1]} onChange={(since, until) => onChange({ compare: spanOf(since, until) })} />
        </label>
      )}
    </section>
  )
}

function Days({ since, until, onChange }: { since: string | null; until: string | null; onChange: (since: string, until: string) => void }) {
  const day = (words: string | null) => (words ? dayjs(words) : null)
  return (
    <DatePicker.RangePicker
      allowClear={false} value={[day(since), day(until)]}
      onChange={(range) => range?.[0] && range[1] && onChange(range[0].format('YYYY-MM-DD'), range[1].format('YYYY-MM-DD'))}
    />
  )
}
