import type { ViewDocument } from '../../components/view/answer.ts'

/** A view that is kept under a name, as the API gives it. */
export type SavedView = {
  id: string
  name: string
  dataset_id: string
  owner_id: string | null
  owner: string | null
  shared: boolean
  revision: number
  updated_at: string
  view: ViewDocument
}
