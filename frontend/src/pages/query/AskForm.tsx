import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../api/data.ts'
import { useSay } from '../../app/language.ts'
import { settled, type Asked } from '../../components/question/asked.ts'
import { Compare } from '../../components/question/Compare.tsx'
import { Conditions } from './Conditions.tsx'
import { More } from '../../components/question/More.tsx'
import { groupChoices, hasTime, type Choice } from '../../components/measures.ts'

type Props = { id: string; columns: Column[]; measures: Choice[]; asked: Asked; onChange: (part: Partial<Asked>) => void }

const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const

export function AskForm({ id, columns, measures, asked, onChange: send }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const groups = groupChoices(columns, say)
  const timed = hasTime(columns)
  const names = asked.metrics.filter((metric) => !measures.some(({ value }) => value === metric)).map((value) => ({ value, label: value }))
  const onChange = (part: Partial<Asked>) => send(settled({ ...asked, ...part }))
  return (
    <section className="panel ask-form" aria-label={t('query.form')}>
      <label className="wide">{t('query.metric')}
        <Select aria-label={t('query.metric')} mode="tags" value={asked.metrics} options={[...measures, ...names]} optionFilterProp="label" onChange={(metrics: string[]) => onChange({ metrics })} tokenSeparators={[]} />
      </label>
      <label>{t('query.by')}
        <Select aria-label={t('query.by')} mode="multiple" allowClear value={asked.by} options={groups} optionFilterProp="label" placeholder={t('query.byNone')} onChange={(by: string[]) => onChange({ by })} />
      </label>
      {timed && <Period asked={asked} onChange={onChange} />}
      <Compare id={id} timed={timed} asked={asked} onChange={onChange} />
      <div className="wide"><Conditions id={id} columns={columns} asked={asked} onChange={(where) => onChange({ where })} /></div>
      <More id={id} columns={columns} asked={asked} onChange={onChange} />
    </section>
  )
}

function Period({ asked, onChange }: Pick<Props, 'asked' | 'onChange'>) {
  const { t } = useTranslation()
  const day = (words: string | null) => (words ? dayjs(words) : null)
  return (
    <>
      <label>{t('query.period')}
        <DatePicker.RangePicker
          value={[day(asked.since), day(asked.until)]} allowEmpty={[true, true]}
          onChange={(range) => onChange({ since: range?.[0]?.format('YYYY-MM-DD') ?? null, until: range?.[1]?.format('YYYY-MM-DD') ?? null })}
        />
      </label>
      <label>{t('query.grain')}
        <Select aria-label={t('query.grain')} allowClear value={asked.grain ?? undefined} placeholder={t('query.grainNone')} options={GRAINS.map((value) => ({ value, label: t(`grain.${value}`) }))} onChange={(grain?: string) => onChange({ grain: grain ?? null })} />
      </label>
    </>
  )
}
