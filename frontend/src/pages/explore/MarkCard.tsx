import { CloseOutlined, DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, Offered } from '../../api/data.ts'
import { useSay } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'
import { cellName, type ViewAnswer } from '../../components/view/answer.ts'
import { Behind } from './Behind.tsx'
import { CustomersBehind } from './CustomersBehind.tsx'
import { asideOf, canBeKept, downInto, madeOf, onlyThis, partsOf, stepsDown, without } from './deeper.ts'
import type { Drawn } from './drawn.ts'

type Props = { answer: ViewAnswer; place: number; columns: Column[]; operations: readonly Offered[]; drawn: Drawn; onChange: (part: Partial<Drawn>) => void; onClose: () => void }

/** Shares of answers: those that they count are a part of those that stand behind them. */
const SHARES = /^(share|satisfied|dissatisfied|easy|intent)(:|$)/

/** What can be done from a mark: keep to it, open it, see who and what stands behind it. */
export function MarkCard({ answer, place, columns, operations, drawn, onChange, onClose }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const may = useMay()
  const [open, setOpen] = useState<'rows' | 'customers' | null>(null)
  const [counting, count] = useState(true)
  const card = useRef<HTMLElement>(null)
  // Chosen far below the figure, in the list of calls: the card is brought to the eye.
  // Keys go on in the card, and back to where they came from once it is closed.
  useEffect(() => {
    const from = document.activeElement
    card.current?.scrollIntoView({ block: 'nearest' })
    card.current?.focus({ preventScroll: true })
    return () => { if (from instanceof HTMLElement && document.activeElement === document.body) from.focus({ preventScroll: true }) }
  }, [])
  const cell = answer.result.cells[place]
  if (!cell) return null
  const counted = counting && SHARES.test(cell.metric)
  const grouped = Object.entries(cell.by).some(([column, value]) => column !== 'period' && value !== null)
  const kept = canBeKept(cell, answer)
  const parts = kept ? madeOf(columns, operations, cell.metric) : []
  const ofAspect = operations.some(({ id, parts: own }) => own && id === cell.metric)
  const partsName = cell.metric === 'index' ? 'explore.aspects' : ofAspect ? 'explore.indicators' : 'explore.levels'
  const steps = kept ? stepsDown(columns, drawn, say) : []
  const [next, ...others] = steps
  const down = (column: string) => onChange(downInto(drawn, cell, answer, column))
  const aside = asideOf(columns, drawn, cell)
  const group = Object.entries(cell.by).find(([column, value]) => column !== 'period' && value !== null)
  return (
    <section ref={card} className="mark-card panel" aria-label={t('explore.mark')} tabIndex={-1} onKeyDown={({ key, target }) => { if (key === 'Escape' && card.current?.contains(target as Node)) onClose() }}>
      <div className="row far nowrap">
        <h2>{cellName(cell, answer, t, say)}</h2>
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('common.close')} onClick={onClose} />
      </div>
      <NumberWithInterval cell={cell} />
      <div className="row">
        {kept && Object.keys(cell.by).length > 0 && <Button size="small" onClick={() => onChange(onlyThis(drawn, cell, answer))}>{t('explore.only')}</Button>}
        {grouped && <Button size="small" onClick={() => onChange(without(drawn, cell))}>{t('explore.without')}</Button>}
        {next && (
          <Dropdown.Button size="small" icon={<DownOutlined />} trigger={['click']} buttonsRender={([left, right]) => [left, others.length > 0 ? right : null]} onClick={() => down(next.value)} menu={{ className: 'field-menu', items: others.map(({ value, label }) => ({ key: value, label })), onClick: ({ key }) => down(key) }}>
            {t('explore.down', { name: next.label })}
          </Dropdown.Button>
        )}
        {aside && <Button size="small" onClick={() => onChange(aside)}>{t('explore.aside')}</Button>}
        {parts.length > 0 && <Button size="small" onClick={() => onChange(partsOf(drawn, cell, answer, parts))}>{t(partsName)}</Button>}
        {group && <Button size="small" onClick={() => onChange({ compare: `${group[0]}=${group[1] ?? ''}` })}>{t('explore.compareWith')}</Button>}
        {may('see_rows') && <Button size="small" onClick={() => setOpen(open === 'rows' ? null : 'rows')} aria-expanded={open === 'rows'}>{t('explore.rows')}</Button>}
        {may('see_customers') && <Button size="small" onClick={() => setOpen(open === 'customers' ? null : 'customers')} aria-expanded={open === 'customers'}>{t('explore.customers')}</Button>}
      </div>
      {open && SHARES.test(cell.metric) && (
        <Segmented className="whose" size="small" aria-label={t('explore.whose')} value={counted ? 'counted' : 'all'} options={['counted', 'all'].map((value) => ({ value, label: t(`explore.of.${value}`) }))} onChange={(value) => count(value === 'counted')} />
      )}
      {open === 'rows' && <Behind answer={answer} cell={cell} counted={counted} />}
      {open === 'customers' && <CustomersBehind key={String(counted)} answer={answer} cell={cell} counted={counted} />}
    </section>
  )
}
