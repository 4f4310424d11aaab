import type { Board } from '../../../api/boards.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { Downloads } from '../../../components/Downloads.tsx'
import type { Filters } from './useTiles.ts'

const FORMATS = ['pdf', 'pptx', 'xlsx'] as const

/** The whole board as a file, with the filters that hold now printed on it. */
export function TakeAlong({ board, filters }: { board: Board; filters: Filters }) {
  const say = useSay()
  const language = useLanguage()
  return <Downloads path={`/boards/${board.id}/file`} body={{ lang: language === 'en' ? 'en' : 'zh', ...filters }} name={say(board.name)} formats={FORMATS} />
}
