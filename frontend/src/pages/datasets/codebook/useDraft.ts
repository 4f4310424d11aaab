import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { api, ApiError } from '../../../api/client.ts'
import type { Codebook, Column, Scale } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage, type Text } from '../../../app/language.ts'

export type ColumnChange = { role?: string; scale?: Scale | null; label?: Text; usable?: boolean; please_check?: boolean }

export type Draft = {
  columns: Column[]
  changed: ReadonlySet<string>
  /** Found right as they were read: nothing about them changes but that a person said so. */
  checked: ReadonlySet<string>
  conflict: string | null
  saving: boolean
  change: (name: string, part: ColumnChange) => void
  forget: () => void
  reload: () => void
  save: () => Promise<Codebook | null>
}

const byDoubt = (a: Column, b: Column): number => Number(b.please_check) - Number(a.please_check)

/** A column as the server takes it back: said by a person, so it counts as checked. */
const edit = ({ name, role, scale, label }: Column) => ({
  name, role, label, scale: scale && { min: scale.min, max: scale.max, direction: scale.direction },
})

/** What a person says of a column, to be compared. */
const said = (columns: Column[], name: string): string => JSON.stringify(columns.filter((column) => column.name === name).map(edit))

/** Changes to a codebook that are not saved yet; doubts stand first, in the order they were read. */
export function useDraft(id: string, newest: Codebook): Draft {
  const client = useQueryClient()
  const language = useLanguage()
  const [changes, setChanges] = useState<Record<string, ColumnChange>>({})
  const book = useEdited(newest, Object.keys(changes).length > 0)
  const columns = useMemo(() => [...book.columns].sort(byDoubt).map((column) => ({ ...column, ...changes[column.name] })), [book, changes])
  const touched = Object.keys(changes)
  const same = (name: string): boolean => said(book.columns, name) === said(columns, name)
  const write = useWrite(
    () => api.put<Codebook>(`/datasets/${id}/codebook`, { version: book.version, columns: columns.filter(({ name }) => name in changes).map(edit) }),
    { refresh: [`/datasets/${id}`, '/datasets'], quiet: true, after: () => setChanges({}) },
  )
  return {
    columns,
    changed: new Set(touched.filter((name) => !same(name))),
    checked: new Set(touched.filter(same)),
    conflict: write.error ? write.error.say(language) : null,
    saving: write.isPending,
    change: (name, part) => setChanges((all) => ({ ...all, [name]: { ...all[name], ...part, usable: true, please_check: false } })),
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

/** The version that is being edited: the newest, until something is changed; then it stays, so that the server sees a conflict. */
function useEdited(newest: Codebook, changed: boolean): Codebook {
  const held = useRef(newest)
  if (!changed) held.current = newest
  return held.current
}
