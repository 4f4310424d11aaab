import { Navigate, useParams } from 'react-router'
import { searchOf } from '../../api/client.ts'
import { useRead } from '../../api/hooks.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { addressOf } from './drawn.ts'
import type { SavedView } from './saved.ts'

/** A kept view by its address: it opens as what it draws, ready to be changed. */
export function Page() {
  const { id } = useParams()
  const read = useRead<SavedView>(`/views/${id ?? ''}`)
  return (
    <Loaded read={read} rows={10}>
      {({ id: saved, view }) => <Navigate replace to={`/explore?${searchOf({ dataset: view.dataset, saved, ...addressOf(view) })}`} />}
    </Loaded>
  )
}
