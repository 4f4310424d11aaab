import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api, ApiError } from '../../../api/client.ts'
import type { Codebook, Column } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'

export type ColumnChange = Partial<Pick<Column, 'role' | 'scale' | 'label' | 'please_check'>>

export type Draft = {
  columns: Column[]
  changed: ReadonlySet<string>
  conflict: string | null
  saving: boolean
  change: (name: string, part: ColumnChange) => void
  forget: () => void
  reload: () => void
  save: () => Promise<Codebook | null>
}

const byDoubt = (a: Column, b: Column): number => Number(b.please_check) - Number(a.please_check)

/** Changes to a codebook that are not saved yet; doubts stand first, in the order they were read. */
export function useDraft(id: string, book: Codebook): Draft {
  const client = useQueryClient()
  const language = useLanguage()
  const [changes, setChanges] = useState<Record<string, ColumnChange>>({})
  const columns = useMemo(
    () => [...book.columns].sort(byDoubt).map((column) => ({ ...column, ...changes[column.name] })),
    [book, changes],
  )
  const write = useWrite(
    () => api.put<Codebook>(`/datasets/${id}/codebook`, { revision: book.revision, columns: Object.entries(changes).map(([name, part]) => ({ name, ...part })) }),
    { refresh: [`/datasets/${id}`, '/datasets'], quiet: true },
  )
  const conflicting = write.error instanceof ApiError ? write.error : null
  return {
    columns,
    changed: new Set(Object.keys(changes)),
    conflict: conflicting ? conflicting.say(language) : null,
    saving: write.isPending,
    change: (name, part) => setChanges((all) => ({ ...all, [name]: { ...all[name], ...part } })),
    forget: () => setChanges({}),
    reload: () => {
      setChanges({})
      write.reset()
      void client.invalidateQueries({ queryKey: [`/datasets/${id}/codebook`] })
    },
    save: async () => {
      if (Object.keys(changes).length === 0) return book
      try {
        return await write.mutateAsync(undefined)
      } catch (error) {
        if (error instanceof ApiError) return null
        throw error
      }
    },
  }
}
