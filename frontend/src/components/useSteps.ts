import { useCallback, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useAddress } from './useAddress.ts'

type Steps = { past: string[]; future: string[] }
type Change = Parameters<ReturnType<typeof useAddress>[1]>[0]

const MOST = 100
/** Where words are being typed, their own undoing is meant; the empty search of a list has none. */
const typing = (target: EventTarget | null): boolean => {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement && target.role === 'combobox' && target.value === '') return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA'].includes(target.tagName)
}

/** Every change is a step: it can be taken back and done again, by button or by key; the address says where one is. */
export function useSteps() {
  const [chosen, choose] = useAddress()
  const [, set] = useSearchParams()
  const [steps, setSteps] = useState<Steps>({ past: [], future: [] })
  const now = useRef(chosen.toString())
  useEffect(() => { now.current = chosen.toString() }, [chosen])
  const change = useCallback((parts: Change) => {
    const before = now.current
    setSteps(({ past }) => ({ past: [...past, before].slice(-MOST), future: [] }))
    choose(parts, { replace: false })
  }, [choose])
  const undo = useCallback(() => {
    const to = steps.past.at(-1)
    if (to === undefined) return
    setSteps(({ past, future }) => ({ past: past.slice(0, -1), future: [now.current, ...future] }))
    set(new URLSearchParams(to))
  }, [steps, set])
  const redo = useCallback(() => {
    const to = steps.future[0]
    if (to === undefined) return
    setSteps(({ past, future }) => ({ past: [...past, now.current], future: future.slice(1) }))
    set(new URLSearchParams(to))
  }, [steps, set])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || typing(event.target)) return
      const key = event.key.toLowerCase()
      const back = key === 'z' && !event.shiftKey
      if (!back && key !== 'y' && key !== 'z') return
      event.preventDefault()
      if (back) undo()
      else redo()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [undo, redo])
  return { chosen, change, undo, redo, canUndo: steps.past.length > 0, canRedo: steps.future.length > 0 }
}
