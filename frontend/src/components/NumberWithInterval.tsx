import { Popover } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cell } from './cells.ts'
import { count, DASH, number, ownInterval, perOrders } from './format.ts'
import './number.css'

type Props = { cell: Cell; size?: 'big' | 'table'; facts?: ReactNode }

/** Big estimate, then small: interval · n. What cannot be given is a dash and the reason, never 0. */
export function NumberWithInterval({ cell, size = 'table', facts }: Props) {
  const { t } = useTranslation()
  const rare = perOrders(cell)
  const shown = cell.not_estimable ? <Absent reason={cell.not_estimable} minimum={cell.minimum_n} counted={cell.counted} /> : (
    <>
      <span className="estimate">{number(cell.estimate, cell.unit)}</span>
      <span className="evidence">{ownInterval(cell) && <><span>{ownInterval(cell)}</span> · </>}<span>{t(`n.${cell.counted ?? 'answers'}`, { n: count(cell.n) })}</span></span>
      {rare && <span className="evidence">{t('number.perOrders', rare)}</span>}
      {cell.flags?.includes('small_sample') && <span className="evidence">{t('number.small')}</span>}
    </>
  )
  if (!facts) return <span className={`measured ${size}`}>{shown}</span>
  return (
    <Popover content={<div className="facts">{facts}</div>} trigger={['hover', 'focus']} placement="topLeft">
      <button type="button" className={`measured ${size}`}>{shown}</button>
    </Popover>
  )
}

export function Absent({ reason, minimum, counted = 'answers' }: { reason: string; minimum?: number | undefined; counted?: Cell['counted'] }) {
  const { t } = useTranslation()
  const why = reason === 'suppressed' && minimum === undefined ? 'few' : reason
  return <span className="absent">{DASH} {t(`absence.${why}`, { minimum, of: t(`counted.${counted}`) })}</span>
}
