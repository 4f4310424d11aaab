import { useParams } from 'react-router'
import type { Board } from '../../../api/boards.ts'
import { useRead } from '../../../api/hooks.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { Shown } from './Shown.tsx'
import '../boards.css'

/** One board. */
export function Page() {
  const { id = '' } = useParams()
  const read = useRead<Board>(`/boards/${id}`)
  return <Loaded read={read} rows={10}>{(board) => <Shown key={board.id} board={board} />}</Loaded>
}
