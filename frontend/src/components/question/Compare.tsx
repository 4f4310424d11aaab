import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../api/hooks.tsx'
import type { Codebook } from '../../api/data.ts'
import type { Benchmark } from '../../api/metrics.ts'
import { useSay } from '../../app/language.ts'
import { BAND, besideOwn } from '../bands.ts'
import { rivalChoices } from '../measures.ts'
import type { Asked } from './asked.ts'
import { useValues } from './useValues.ts'

type Props = {
  id: string
  timed: boolean
  asked: Asked
  onChange: (part: Partial<Asked>) => void
  /** A kept target can be chosen as well. */
  target?: boolean
  /** The days are those of a period that is named. */
  named?: boolean
}

const OVER_TIME = ['previous', 'year_ago', 'year_ago_lunar'] as const
const TABLE = 'benchmark:'
const NONE = 'none'

/** With whom: an earlier period, the rest, a group that is named, or numbers from outside. */
export function Compare({ id, timed, asked, onChange, target = false, named = false }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const values = useValues(id, asked.by, asked.metrics[0])
  const book = useRead<Codebook>(`/datasets/${id}/codebook`)
  const tables = useRead<Listed<Benchmark>>('/benchmarks')
  const names = [...new Set(tables.data?.items.map(({ table }) => table))]
  const periods = Boolean(asked.grain ?? (named || (asked.since && asked.until)))
  const grouped = asked.by.length > 0
  const groups = Object.entries(values).flatMap(([column, all]) => all.map((value) => `${column}=${value}`))
  const value = asked.compare === 'benchmark' && asked.benchmark_table ? TABLE + asked.benchmark_table : asked.compare
  const found = rivalChoices(book.data?.columns ?? [], t, say, value).map((one) => ({ ...one, disabled: false }))
  const rivals = found.length > 0 ? found : [{ value: 'competitor', label: t('query.against.noRival'), disabled: true }]
  const options = [
    ...(value ? [{ value: NONE, label: t('query.compareNone'), disabled: false }] : []),
    ...(timed ? [{ label: t('query.against.overTime'), options: OVER_TIME.map((one) => ({ value: one as string, label: t(`query.against.${one}`) + (periods ? '' : t('query.against.needsPeriods')), disabled: !periods })) }] : []),
    { label: t('query.against.groups'), options: [{ value: 'rest', label: t('query.against.rest') + (grouped ? '' : t('query.against.needsGroups')), disabled: !grouped }, ...groups.map((one) => ({ value: one, label: one.startsWith(BAND) ? besideOwn(one, {}, t) : one.replace('=', ' = '), disabled: false }))] },
    {
      label: t('query.against.outside'),
      options: names.length === 0 ? [...rivals, { value: 'benchmark', label: t('query.against.noTables'), disabled: true }] : [
        ...names.map((name) => ({ value: TABLE + name, label: t('query.against.table', { name }), disabled: false })),
        ...rivals,
        ...(names.length > 1 ? [{ value: 'benchmark', label: t('query.against.benchmark'), disabled: false }] : []),
      ],
    },
    ...(target ? [{ label: t('query.against.targets'), options: [{ value: 'target', label: t('query.against.target'), disabled: false }] }] : []),
  ]
  const choose = (chosen?: string) => {
    const table = chosen?.startsWith(TABLE) ? chosen.slice(TABLE.length) : null
    onChange({ compare: table === null ? (chosen === NONE ? null : chosen ?? null) : 'benchmark', benchmark_table: table })
  }
  return (
    <label><span>{t('query.compare')}</span>
      <Select size="small" aria-label={t('query.compare')} allowClear showSearch={{ optionFilterProp: 'label' }} value={value ?? undefined} placeholder={t('query.compareNone')} popupMatchSelectWidth={false} listHeight={400} options={options} onChange={choose} />
    </label>
  )
}
