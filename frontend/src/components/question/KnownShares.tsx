import { InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../api/data.ts'
import { useSay } from '../../app/language.ts'
import type { Asked, Margins } from './asked.ts'
import { groupChoices } from '../measures.ts'
import { useValues } from './useValues.ts'

type Props = { id: string; columns: Column[]; asked: Asked; onChange: (part: Partial<Asked>) => void }
type Percent = Record<string, number | null>

const WHOLE = 100
const ROUNDED = 0.1

/** The true make-up of the customers, in per cent; used once a column's shares make a whole. */
export function KnownShares({ id, columns, asked, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const [chosen, choose] = useState(() => Object.keys(asked.margins))
  const values = useValues(id, chosen, asked.metrics[0])
  const drop = (names: string[]) => {
    choose(names)
    const kept = Object.entries(asked.margins).filter(([column]) => names.includes(column))
    if (kept.length < Object.keys(asked.margins).length) onChange({ margins: Object.fromEntries(kept) })
  }
  return (
    <div className="wide stack tight">
      <label>{t('query.margins')}
        <Select mode="multiple" allowClear value={chosen} placeholder={t('query.marginsOff')} options={groupChoices(columns, say)} optionFilterProp="label" onChange={drop} />
      </label>
      {chosen.map((column) => <Shares key={column} column={column} values={values[column] ?? []} margins={asked.margins} onChange={(margins) => onChange({ margins })} />)}
    </div>
  )
}

function Shares({ column, values, margins, onChange }: { column: string; values: string[]; margins: Margins; onChange: (next: Margins) => void }) {
  const { t } = useTranslation()
  const given = margins[column]
  const [percent, setPercent] = useState<Percent>(() => Object.fromEntries(Object.entries(given ?? {}).map(([value, share]) => [value, Number((share * WHOLE).toFixed(4))])))
  const total = (of: Percent) => Number(Object.values(of).reduce<number>((sum, one) => sum + (one ?? 0), 0).toFixed(2))
  const sum = total(percent)
  const write = (value: string, share: number | null) => {
    const next = { ...percent, [value]: share }
    setPercent(next)
    const whole = Math.abs(total(next) - WHOLE) <= ROUNDED
    if (whole) onChange({ ...margins, [column]: Object.fromEntries(values.map((one) => [one, (next[one] ?? 0) / WHOLE])) })
    else if (given) onChange(Object.fromEntries(Object.entries(margins).filter(([name]) => name !== column)))
  }
  return (
    <fieldset className="shares">
      <legend>{column}</legend>
      {values.map((value) => (
        <label key={value}>{value}
          <InputNumber value={percent[value] ?? null} min={0} max={WHOLE} suffix="%" aria-label={t('query.marginOf', { value })} onChange={(share) => write(value, share)} />
        </label>
      ))}
      {!given && <p className="soft small wide" role="status">◌ {t('query.marginsSum', { column, sum })}</p>}
    </fieldset>
  )
}
