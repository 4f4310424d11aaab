import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Light, Tile, TodoLine, Voice } from '../../../api/boards.ts'
import { useSay } from '../../../app/language.ts'
import { CallChip } from '../../../components/CallChip.tsx'
import type { Cell } from '../../../components/cells.ts'
import { ShowLast } from '../../../components/DataEnds.tsx'
import { isEmpty } from '../../../components/ending.ts'
import { number } from '../../../components/format.ts'
import { Formula } from '../../../components/Formula.tsx'
import { NumberWithInterval } from '../../../components/NumberWithInterval.tsx'
import { CellFacts } from '../../../components/question/Cells.tsx'
import { Bottleneck, StageTable } from '../../../components/stages/StageTable.tsx'
import { exploreAddress } from '../../../components/view/address.ts'
import type { ViewAnswer } from '../../../components/view/answer.ts'
import { Waiting } from '../../../components/Waiting.tsx'
import { Figure, type Picking } from './Figure.tsx'
import type { Answered } from './useTiles.ts'

type Props = { tile: Tile; answered: Answered | undefined; narrow: boolean; still: boolean; picking: Picking; onJump: (tile: string) => void }

/** What a tile shows; while it is not there yet, its outline, and after a while a sentence. */
export function TileBody({ tile, answered, narrow, still, picking, onJump }: Props) {
  const say = useSay()
  if (tile.kind === 'text') return <p className="tile-text">{say(tile.text)}</p>
  if (!answered) return null
  const { answer, read, of } = answered
  if (!answer) return <Waiting read={read} of={of} dataset={tile.view?.dataset} rows={tile.kind === 'number' ? 2 : 5} />
  if (answer.refused) return <p className="absent">{say(answer.refused)}</p>
  if (tile.kind === 'todo') return <Todo tile={tile} lines={answer.lines ?? []} heard={answer.heard ?? 0} silent={answer.silent ?? 0} onJump={onJump} />
  if (tile.kind === 'voices') return <Voices voices={answer.voices ?? []} />
  if (answer.stages) return <div className="stack tight"><Bottleneck found={answer.stages} /><StageTable found={answer.stages} brief /></div>
  if (!answer.answer) return null
  if (tile.kind === 'number') return <><One answer={answer.answer} light={answer.light ?? null} /><Last answer={answer.answer} /></>
  return <><Figure tile={tile.id} answer={answer.answer} still={still} {...picking} rows={narrow ? null : tile.h} /><Last answer={answer.answer} /></>
}

/** The way to the last days that have answers, where those of the tile have none. */
function Last({ answer: { view, result } }: { answer: ViewAnswer }) {
  const go = useNavigate()
  const { ends } = result.data
  if (!ends || !isEmpty(result.cells)) return null
  return <p className="tile-last"><ShowLast ends={ends} onShow={(days) => void go(exploreAddress({ ...view, query: { ...view.query, period: null, ...days } }))} /></p>
}

function One({ answer, light }: { answer: ViewAnswer; light: Light | null }) {
  const [cell] = answer.result.cells
  if (!cell) return null
  const definition = answer.result.definition[0]
  const better = definition?.higher_is_better ?? true
  return (
    <div className="tile-number">
      <NumberWithInterval cell={cell} size="big" facts={<CellFacts cell={cell} definition={definition} />} />
      <CallChip comparison={cell.comparison} unit={cell.unit} counted={cell.counted} higherIsBetter={better} />
      {light && <LightChip light={light} cell={cell} />}
      {definition && <Formula words={definition.formula} />}
    </div>
  )
}

const TONE = { reached: 'good', missed: 'bad', cannot_tell: 'unknown' } as const
const SHAPE = { reached: '✓', missed: '✗', cannot_tell: '◌' } as const

/** The light: red only where the target is missed for real; word and shape, never colour alone. */
function LightChip({ light, cell }: { light: Light; cell: Cell }) {
  const { t } = useTranslation()
  return (
    <span className={`tile-light ${TONE[light.attainment]}`} title={t(light.company ? 'boards.companyGoal' : 'boards.ownGoal')}>
      <span aria-hidden="true">{SHAPE[light.attainment]}</span> {t(`view.attainment.${light.attainment}`, { goal: number(light.goal, cell.unit) })}
    </span>
  )
}

/** So many things to do stand open; the rest is a tap away: of a dozen none comes first. */
const FIRST = 6
const MARK = { missed: '✗', worse: '▼', below: '▼' } as const

function Todo({ tile, lines, heard, silent, onJump }: { tile: Tile; lines: TodoLine[]; heard: number; silent: number; onJump: (tile: string) => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const open = lines.length > FIRST + 1 ? FIRST : lines.length
  return (
    <div className="stack tight">
      {say(tile.text) && <p className="soft small">{say(tile.text)}</p>}
      {lines.length === 0 && <p className="soft">{heard === 0 && silent > 0 ? t('boards.allSilent') : t('boards.nothingToDo')}</p>}
      {lines.length === 0 && heard > 0 && silent > 0 && <p className="soft">{t('boards.silent', { n: silent })}</p>}
      <Lines lines={lines.slice(0, open)} onJump={onJump} />
      {lines.length > open && (
        <details>
          <summary>{t('boards.moreToDo', { n: lines.length - open })}</summary>
          <Lines lines={lines.slice(open)} onJump={onJump} />
        </details>
      )}
    </div>
  )
}

function Lines({ lines, onJump }: { lines: TodoLine[]; onJump: (tile: string) => void }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <ol className="board-todo">
      {lines.map((line) => (
        <li key={`${line.tile}${say(line.sentence)}`}>
          <span className="bad-mark" aria-label={t(`boards.urgency.${line.urgency}`)} role="img">{MARK[line.urgency]}</span>
          <div>
            {say(line.act) && <p>{say(line.act)}</p>}
            <button type="button" className="as-link small" onClick={() => onJump(line.tile)}>{say(line.sentence)}</button>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** What customers wrote, contact data masked by the server. */
export function Voices({ voices }: { voices: Voice[] }) {
  const { t } = useTranslation()
  if (voices.length === 0) return <p className="soft">{t('boards.noVoices')}</p>
  return (
    <div className="board-voices">
      {voices.map((voice) => (
        <blockquote key={voice.text}>
          <p>{voice.text}</p>
          <span className="tiny soft">{[voice.rating === null ? '' : t('why.rated', { rating: voice.rating }), ...Object.values(voice.by)].filter(Boolean).join(' · ')}</span>
        </blockquote>
      ))}
    </div>
  )
}
