import { useQueries, useQuery, type QueryKey } from '@tanstack/react-query'
import { api, isRefused } from '../../../api/client.ts'
import type { BoardDocument, Tile, TileAnswer } from '../../../api/boards.ts'
import type { Page } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'
import { isStopped, type Asking } from '../../../components/Waiting.tsx'
import type { Pick } from './picks.ts'

const FRESH_MS = 60_000
export type Filters = { period: string | null; where: string[]; picks: Pick[] }

/** What is asked of the server: each tile by itself, so that none waits for another. */
const isAsked = ({ kind }: Tile) => kind === 'number' || kind === 'view' || kind === 'voices' || kind === 'stages'

/** What a tile asks, without where it stands: moving it asks nothing anew. */
const asks = ({ id, kind, title, view, act, goal }: Tile) => ({ id, kind, title, view, act, goal })

/** What acts on tiles that are asked together: one alone is not asked anew for a mark that was chosen on it. */
const acting = (filters: Filters, [first, ...others]: Tile[]): Filters =>
  others.length > 0 ? filters : { ...filters, picks: filters.picks.filter(({ tile }) => tile !== first?.id) }

/** What a tile shows, and while that is on its way, its question. */
export type Answered = { answer: TileAnswer | null; read: Asking; of: QueryKey }

/** The answers of a board's tiles, each as soon as it is there; `every` asks again after so many milliseconds. */
export function useTiles(id: string, board: BoardDocument, filters: Filters, every: number | false): Map<string, Answered> {
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const ask = (tiles: Tile[], all: Tile[]) => ({
    queryKey: [`/boards/${id}/answers`, all.map(asks), tiles.map(({ id: tile }) => tile), acting(filters, tiles), lang],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.post<Page<TileAnswer>>(`/boards/${id}/answers`, { lang, definition: { ...board, tiles: all }, ...acting(filters, tiles), tiles: tiles.map(({ id: tile }) => tile) }, signal),
    staleTime: FRESH_MS,
    refetchInterval: ({ state }: { state: { error: Error | null } }) => (isRefused(state.error) ? false : every),
  })
  const asked = board.tiles.filter(isAsked)
  const questions = asked.map((tile) => ask([tile], [tile]))
  const found = useQueries({ queries: questions })
  const todo = board.tiles.filter(({ kind }) => kind === 'todo')
  const ready = found.every(({ isFetched }) => isFetched)
  const whole = ask(todo, board.tiles)
  const last = useQuery({ ...whole, enabled: ready && todo.length > 0 })
  const stopped = found.filter(isStopped)
  /** What is to be done is told once all is known: it stands still with those that were stopped, and goes on with them. */
  const held: Asking = stopped.length > 0 && found.every(({ isFetching }) => !isFetching)
    ? { ...last, isEnabled: true, refetch: async (how) => { await Promise.all(stopped.map(({ refetch }) => refetch(how))); return last } }
    : last
  const answers = new Map<string, Answered>()
  for (const [at, tile] of asked.entries()) {
    const read = found[at]
    const question = questions[at]
    if (read && question) answers.set(tile.id, { answer: answerOf(tile, read), read, of: question.queryKey })
  }
  for (const tile of todo) answers.set(tile.id, { answer: answerOf(tile, last), read: held, of: whole.queryKey })
  return answers
}

type Read = { data?: Page<TileAnswer> | undefined; error: Error | null } | undefined

function answerOf(tile: Tile, read: Read): TileAnswer | null {
  const found = read?.data?.items.find(({ id }) => id === tile.id)
  if (found) return found
  if (read?.error) return { id: tile.id, kind: tile.kind, refused: sentenceOf(read.error) }
  return null
}

const sentenceOf = (error: Error): Record<string, string> =>
  'sentence' in error ? (error.sentence as Record<string, string>) : { 'zh-CN': String(error), en: String(error) }
