import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, type ReactNode } from 'react'
import { api, ApiError, keepCsrf } from '../api/client.ts'
import type { Me, Right } from '../api/types.ts'
import type { Language } from './kept.ts'

async function fetchMe(): Promise<Me | null> {
  try {
    const me = await api.get<Me>('/me')
    keepCsrf(me.csrf ?? '')
    return me
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Who is signed in; null: nobody. */
export const useWhoAmI = () =>
  useQuery<Me | null, ApiError>({ queryKey: ['/me'], queryFn: fetchMe, staleTime: 60_000 })

/** Gives a function that keeps a language with the account of whoever is signed in. */
export function useKeepLanguage(): (language: Language) => void {
  const client = useQueryClient()
  return (language) => {
    client.setQueryData<Me | null>(['/me'], (me) => me && { ...me, language })
    void api.patch('/me', { language })
  }
}

const MeContext = createContext<Me | null>(null)

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>
}

export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('useMe outside of the signed-in pages')
  return me
}

/** Tells whether the person may do something; the server decides, this only hides what it would refuse. */
export function useMay(): (right: Right) => boolean {
  const { rights } = useMe()
  return (right) => rights.includes(right)
}
