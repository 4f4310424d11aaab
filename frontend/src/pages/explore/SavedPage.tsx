import { Navigate, useParams } from 'react-router'
import { useRead } from '../../api/hooks.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { exploreAddress } from '../../components/view/address.ts'
import type { SavedView } from './saved.ts'

/** A kept view by its address: it opens as what it draws, ready to be changed. */
export function Page() {
  const { id } = useParams()
  const read = useRead<SavedView>(`/views/${id ?? ''}`)
  return (
    <Loaded read={read} rows={10}>
      {({ id: saved, view }) => <Navigate replace to={exploreAddress(view, { saved })} />}
    </Loaded>
  )
}
