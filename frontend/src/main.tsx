import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { ApiError } from './api/client.ts'
import { startSpeaking } from './app/language.ts'
import { LookProvider } from './app/look.tsx'
import { router } from './app/routes.tsx'
import './style/base.css'

const refused = (error: unknown) => error instanceof ApiError && error.status >= 400 && error.status < 500

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: (times, error) => !refused(error) && times < 2 } },
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
