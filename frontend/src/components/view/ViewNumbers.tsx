import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import { CallChip } from '../CallChip.tsx'
import { NumberWithInterval } from '../NumberWithInterval.tsx'
import type { ViewAnswer } from './answer.ts'
import { Attainment } from './Attainment.tsx'

type Props = { answer: ViewAnswer; onMark?: ((cell: number) => void) | undefined }

/** Big numbers side by side, each with its interval, its call and its target. */
export function ViewNumbers({ answer, onMark }: Props) {
  const say = useSay()
  const { t } = useTranslation()
  const better = new Map(answer.result.definition.map((one) => [one.metric, one.higher_is_better]))
  return (
    <div className="view-numbers">
      {answer.result.cells.map((cell, at) => (
        <div key={`${cell.metric}${String(at)}`} className="view-number">
          <h3>{say(cell.label)}</h3>
          <NumberWithInterval cell={cell} size="big" />
          <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} by={cell.by} higherIsBetter={better.get(cell.metric) ?? true} />
          <Attainment answer={answer} cell={at} />
          {onMark && <button type="button" className="as-link small" onClick={() => onMark(at)}>{t('view.deeper')}</button>}
        </div>
      ))}
    </div>
  )
}
