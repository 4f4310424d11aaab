import { useTranslation } from 'react-i18next'
import { number } from '../format.ts'
import type { ViewAnswer } from './answer.ts'

const TONE = { reached: 'good', missed: 'bad', cannot_tell: 'unknown' } as const
const SHAPE = { reached: '✓', missed: '✗', cannot_tell: '◌' } as const

/** Where a number stands against its target: shape and word, never colour alone. */
export function Attainment({ answer, cell }: { answer: ViewAnswer; cell: number }) {
  const { t } = useTranslation()
  const found = answer.judged.find((one) => one.cell === cell)
  const shown = answer.result.cells[cell]
  if (!found || !shown) return null
  return (
    <span className={`chip ${TONE[found.attainment]}`}>
      <span aria-hidden="true">{SHAPE[found.attainment]}</span> {t(`view.attainment.${found.attainment}`, { goal: number(found.goal, shown.unit) })}
    </span>
  )
}
