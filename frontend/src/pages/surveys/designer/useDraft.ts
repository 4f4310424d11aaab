import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, ApiError } from '../../../api/client.ts'
import type { Definition, Survey } from '../../../api/surveys.ts'

const QUIET_MS = 800
const TOGETHER_MS = 1_500
const MOST_STEPS = 200

export type Saving = 'saved' | 'waiting' | 'saving' | 'conflict' | 'refused'
type Shown = { name: string; draft: Definition }
type History = { past: Shown[]; now: Shown; future: Shown[] }

export type Editing = {
  name: string
  draft: Definition
  saving: Saving
  error: ApiError | null
  canUndo: boolean
  canRedo: boolean
  change: (make: (draft: Definition) => Definition, what?: string) => void
  rename: (name: string) => void
  undo: () => void
  redo: () => void
  save: () => Promise<number | null>
  followed: (revision: number) => void
}

/** A draft while it is edited: steps back and forth, saved by itself; what somebody else saved is never overwritten. */
export function useDraft(survey: Survey): Editing {
  const [history, setHistory] = useState<History>({ past: [], now: { name: survey.name, draft: survey.draft }, future: [] })
  const last = useRef({ what: '', at: 0 })
  const { now } = history
  const kept = useSaving(survey, now)

  const put = useCallback((make: (shown: Shown) => Shown, what: string) => {
    const at = Date.now()
    const together = what !== '' && what === last.current.what && at - last.current.at < TOGETHER_MS
    last.current = { what, at }
    setHistory((before) => {
      const next = make(before.now)
      if (next.draft === before.now.draft && next.name === before.now.name) return before
      return { past: together ? before.past : [...before.past, before.now].slice(-MOST_STEPS), now: next, future: [] }
    })
  }, [])
  const change = useCallback<Editing['change']>((make, what = '') => put((shown) => ({ ...shown, draft: make(shown.draft) }), what), [put])
  const rename = useCallback((name: string) => put((shown) => ({ ...shown, name }), 'name'), [put])
  const undo = useCallback(() => {
    last.current = { what: '', at: 0 }
    setHistory((before) => {
      const earlier = before.past.at(-1)
      return earlier ? { past: before.past.slice(0, -1), now: earlier, future: [before.now, ...before.future] } : before
    })
  }, [])
  const redo = useCallback(() => {
    last.current = { what: '', at: 0 }
    setHistory((before) => {
      const [later, ...rest] = before.future
      return later ? { past: [...before.past, before.now], now: later, future: rest } : before
    })
  }, [])
  useKeys(undo, redo)
  return { ...now, ...kept, canUndo: history.past.length > 0, canRedo: history.future.length > 0, change, rename, undo, redo }
}

/** Ctrl+Z outside of fields, which have steps of their own. */
function useKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]')) return
      event.preventDefault()
      if (event.shiftKey) redo()
      else undo()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [undo, redo])
}

function useSaving(survey: Survey, now: Shown) {
  const client = useQueryClient()
  const [saving, setSaving] = useState<Saving>('saved')
  const [error, setError] = useState<ApiError | null>(null)
  const revision = useRef(survey.revision)
  const newest = useRef(now)
  const kept = useRef(now)
  const stopped = useRef(false)
  const running = useRef<Promise<number | null> | null>(null)
  newest.current = now

  const write = useCallback(async (): Promise<number | null> => {
    while (kept.current !== newest.current && !stopped.current) {
      const sent = newest.current
      setSaving('saving')
      try {
        const answer = await api.put<Survey>(`/surveys/${survey.id}`, { revision: revision.current, name: sent.name.trim() || survey.name, draft: sent.draft })
        revision.current = answer.revision
        kept.current = sent
        setError(null)
        client.setQueryData([`/surveys/${survey.id}`, {}], answer)
      } catch (fault) {
        if (!(fault instanceof ApiError)) throw fault
        stopped.current = fault.status === 409
        setError(fault)
        setSaving(stopped.current ? 'conflict' : 'refused')
        return null
      }
    }
    if (stopped.current) return null
    setSaving('saved')
    return revision.current
  }, [client, survey.id, survey.name])
  const save = useCallback(() => {
    running.current ??= write().finally(() => { running.current = null })
    return running.current
  }, [write])

  useEffect(() => {
    if (stopped.current) return
    if (kept.current === now) {
      setSaving((before) => (before === 'saving' ? before : 'saved'))
      setError(null)
      return
    }
    setSaving('waiting')
    const timer = setTimeout(() => void save(), QUIET_MS)
    return () => clearTimeout(timer)
  }, [now, save])
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => { if (kept.current !== newest.current) event.preventDefault() }
    window.addEventListener('beforeunload', leave)
    return () => {
      window.removeEventListener('beforeunload', leave)
      void save()
    }
  }, [save])
  const followed = useCallback((next: number) => { revision.current = next }, [])
  return { saving, error, save, followed }
}
