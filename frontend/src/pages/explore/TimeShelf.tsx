import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { PERIODS, type Drawn } from './drawn.ts'
import { GRAINS } from './fields.ts'
import { ShelfBox } from './Shelf.tsx'

const OWN = 'own'
const NONE = 'none'

type Props = { drawn: Drawn; onChange: (part: Partial<Drawn>) => void }

/** Which days, and how they are cut; a period that is named moves along with today. */
export function TimeShelf({ drawn, onChange }: Props) {
  const { t } = useTranslation()
  const own = drawn.since !== null || drawn.until !== null
  const day = (words: string | null) => (words ? dayjs(words) : null)
  const pick = (value: string) => {
    if (value === OWN) onChange({ since: dayjs().subtract(1, 'year').format('YYYY-MM-DD'), until: dayjs().format('YYYY-MM-DD') })
    else onChange({ since: null, until: null, period: value === 'all' ? null : value })
  }
  return (
    <ShelfBox title={t('explore.shelf.time')} takes={['time']} onDrop={({ value }) => onChange({ grain: value })}>
      <Select size="small" aria-label={t('query.period')} value={own ? OWN : drawn.period ?? 'all'} popupMatchSelectWidth={false} options={['all', ...PERIODS, OWN].map((value) => ({ value, label: t(`explore.period.${value}`) }))} onChange={pick} />
      <Select size="small" allowClear aria-label={t('query.grain')} value={drawn.grain ?? undefined} placeholder={t('query.grainNone')} options={[...GRAINS.map((value) => ({ value: value as string, label: t(`grain.${value}`) })), ...(drawn.grain ? [{ value: NONE, label: t('query.grainNone') }] : [])]} popupMatchSelectWidth={false} onChange={(grain?: string) => onChange({ grain: grain === undefined || grain === NONE ? null : grain })} />
      {own && <DatePicker.RangePicker size="small" value={[day(drawn.since), day(drawn.until)]} allowEmpty={[true, true]} onChange={(range) => onChange({ since: range?.[0]?.format('YYYY-MM-DD') ?? null, until: range?.[1]?.format('YYYY-MM-DD') ?? null })} />}
    </ShelfBox>
  )
}
