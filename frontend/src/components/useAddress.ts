import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

type Change = Record<string, string | readonly string[] | null | undefined>

/** What a page shows stands in its address, so that it can be shared: read it, change parts of it. */
export function useAddress(): [URLSearchParams, (change: Change, how?: { replace?: boolean }) => void] {
  const [chosen, set] = useSearchParams()
  const change = useCallback(
    (parts: Change, how: { replace?: boolean } = { replace: true }) => {
      set((before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(parts)) {
          next.delete(name)
          if (Array.isArray(value)) value.forEach((one: string) => next.append(name, one))
          else if (value) next.set(name, value as string)
        }
        return next
      }, how)
    },
    [set],
  )
  return [chosen, change]
}
