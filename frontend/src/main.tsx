import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { ApiError, isRefused } from './api/client.ts'
import { startSpeaking } from './app/language.ts'
import { LookProvider } from './app/look.tsx'
import { router } from './app/routes.tsx'
import './style/base.css'

/** Who was refused as a stranger is asked for anew: the frame leads to the sign-in page where nobody is there any more. */
const queryCache = new QueryCache({
  onError: (error) => {
    if (error instanceof ApiError && error.status === 401) void client.invalidateQueries({ queryKey: ['/me'] })
  },
})

/** What was stopped is asked anew by hand only. */
const client: QueryClient = new QueryClient({
  queryCache,
  defaultOptions: { queries: { staleTime: 10_000, refetchOnWindowFocus: ({ state }) => state.status !== 'pending', retry: (times, error) => !isRefused(error) && times < 2 } },
})

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

await startSpeaking()
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <LookProvider>
        <RouterProvider router={router} />
      </LookProvider>
    </QueryClientProvider>
  </StrictMode>,
)
