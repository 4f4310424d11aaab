import { App } from 'antd'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../app/language.ts'
import { api, ApiError, isRefused, type Params } from './client.ts'

export type Page<T> = { items: T[]; total: number; next: string | null }

type Options<T> = { enabled?: boolean; fresh?: number; every?: (data: T | undefined) => number | false; keep?: boolean; asOf?: string | undefined }

/**
 * Read one address. The first part of the key is the path, so that writes can refresh it.
 * With `asOf` it is read anew whenever that changes; what was read before stands until the new is there.
 */
export function useRead<T>(path: string, params?: Params, options: Options<T> = {}): UseQueryResult<T, ApiError> {
  const asked = [path, params ?? {}]
  const { asOf } = options
  const asBefore = (before: T | undefined, query?: { queryKey: readonly unknown[] }) =>
    JSON.stringify(query?.queryKey.slice(0, 2)) === JSON.stringify(asked) ? before : undefined
  return useQuery<T, ApiError, T>({
    queryKey: asOf === undefined ? asked : [...asked, asOf],
    queryFn: ({ signal }) => api.get<T>(path, params, signal),
    enabled: options.enabled ?? true,
    ...(options.fresh === undefined ? {} : { staleTime: options.fresh }),
    refetchInterval: ({ state }) => (isRefused(state.error) ? false : (options.every?.(state.data) ?? false)),
    placeholderData: (options.keep ? keepPreviousData : asOf === undefined ? undefined : asBefore) as never,
  })
}

/** Read a list, page after page. */
export function usePages<T>(path: string, params?: Params, enabled = true) {
  return useInfiniteQuery({
    queryKey: [path, 'pages', params ?? {}],
    queryFn: ({ signal, pageParam }) => api.get<Page<T>>(path, { ...params, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    enabled,
  })
}

type Written<T, V> = {
  done?: string | ((answer: T, given: V) => string | null)
  refresh?: readonly string[]
  after?: (answer: T, given: V) => void
  undo?: (answer: T, given: V) => Promise<unknown>
  quiet?: boolean
}

/** Write, refresh what it changed, and say so; `undo` puts an undo button into the message. */
export function useWrite<T, V>(write: (given: V) => Promise<T>, how: Written<T, V> = {}) {
  const { message } = App.useApp()
  const client = useQueryClient()
  const language = useLanguage()
  const toast = useUndoToast()
  const refresh = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => (how.refresh ?? []).some((path) => String(queryKey[0]).startsWith(path)) })
  return useMutation<T, ApiError, V>({
    mutationFn: write,
    onSuccess: async (answer, given) => {
      await refresh()
      const said = typeof how.done === 'function' ? how.done(answer, given) : how.done
      if (said && how.undo) toast(said, () => how.undo?.(answer, given).then(refresh))
      else if (said) message.success(said)
      how.after?.(answer, given)
    },
    onError: (error) => {
      if (!how.quiet) message.error({ content: error instanceof ApiError ? error.say(language) : String(error), duration: 8 })
    },
  })
}

/** A message with an undo button, in place of “are you sure”. */
export function useUndoToast() {
  const { notification } = App.useApp()
  const { t } = useTranslation()
  return (said: string, undo: () => Promise<unknown> | undefined) => {
    const key = `undo-${String(Date.now())}`
    const press = () => {
      notification.destroy(key)
      void undo()
    }
    notification.open({
      key, title: said, placement: 'bottomLeft', duration: 10, role: 'status',
      actions: (
        <button type="button" className="undo" onClick={press}>{t('common.undo')}</button>
      ),
    })
  }
}

/** Forget what was read below these paths: what is shown is read anew, the rest when it is needed; what is `gone` is not asked for. */
export function useForget() {
  const client = useQueryClient()
  return (paths: readonly string[], gone?: string) =>
    client.invalidateQueries({
      predicate: ({ queryKey: [key] }) => paths.some((path) => String(key).startsWith(path)) && !(gone && String(key).startsWith(gone)),
    })
}
