import { useQuery, type QueryKey, type UseQueryResult } from '@tanstack/react-query'
import { api, type ApiError } from '../../api/client.ts'
import { useLanguage } from '../../app/language.ts'
import type { ViewAnswer, ViewDocument } from './answer.ts'

const FRESH_MS = 60_000

/** What tells a view's question from others. */
export function useViewKey(view: ViewDocument | null): QueryKey {
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  return ['/views/answer', view, lang]
}

/** Ask for a view's numbers and figure; what was shown before stays until the new answer is there. */
export function useView(view: ViewDocument | null): UseQueryResult<ViewAnswer, ApiError> {
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const queryKey = useViewKey(view)
  return useQuery<ViewAnswer, ApiError>({
    queryKey,
    queryFn: ({ signal }) => api.post<ViewAnswer>('/views/answer', { view, lang }, signal),
    enabled: view !== null,
    placeholderData: (before) => before,
    staleTime: FRESH_MS,
  })
}
