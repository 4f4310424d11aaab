/** The one way to the server: JSON in and out, errors with a sentence for people. */
import { sayIn, type Text } from '../app/language.ts'
import type { Language } from '../app/kept.ts'

export const ROOT = '/api/v1'

declare global {
  interface Window { huiyinEarly?: Record<string, Promise<Response>> }
}

export type Params = Record<string, string | number | boolean | readonly string[] | null | undefined>

/** What the server said went wrong: a code for programs, a sentence for people. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly sentence: Text
  readonly requestId: string | null
  readonly details: Record<string, unknown>

  constructor(status: number, code: string, sentence: Text, requestId: string | null, details: Record<string, unknown>) {
    super(sentence.en ?? code)
    this.status = status
    this.code = code
    this.sentence = sentence
    this.requestId = requestId
    this.details = details
  }

  say(language: Language): string {
    return sayIn(this.sentence, language)
  }
}

/** Whether the server refused: asking the same again changes nothing. */
export const isRefused = (error: unknown): boolean => error instanceof ApiError && error.status >= 400 && error.status < 500

const OFFLINE: Text = {
  'zh-CN': '连不上服务器。请检查网络，或看看 huiyin serve 是否还在运行。',
  en: 'The server cannot be reached. Check the network, or whether huiyin serve is still running.',
}
const UNREADABLE: Text = {
  'zh-CN': '服务器的回答看不懂，请稍后再试；还不行就把这一页的编号告诉管理员。',
  en: 'The answer of the server cannot be read. Try again later; if it stays so, tell your administrator.',
}

let csrf = ''
/** Keep the token that every write by cookie must carry. */
export function keepCsrf(token: string): void {
  csrf = token
}
export const csrfToken = (): string => csrf

/** Parameters as an address carries them; what is not given is left out. */
export function searchOf(params: Params): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value == null || value === '') continue
    if (Array.isArray(value)) value.forEach((one: string) => query.append(name, one))
    else query.set(name, String(value))
  }
  return query.toString()
}

export function address(path: string, params: Params = {}): string {
  const words = searchOf(params)
  return `${ROOT}${path}${words ? `?${words}` : ''}`
}

export function errorFrom(status: number, body: unknown): ApiError {
  const error = (body as { error?: Record<string, unknown> } | null)?.error
  if (!error) return new ApiError(status, 'unreadable', UNREADABLE, null, {})
  return new ApiError(
    status,
    String(error.code ?? 'unknown'),
    (error.sentence as Text | undefined) ?? UNREADABLE,
    (error.request_id as string | undefined) ?? null,
    (error.details as Record<string, unknown> | undefined) ?? {},
  )
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null
  const text = await response.text()
  if (!text) return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/**
 * What `start.js` asked while the program was on its way; each answer is taken once.
 * After a change, signing in above all, it may be another one: then none is taken any more.
 */
function early(method: string, url: string): Promise<Response> | undefined {
  if (method !== 'GET') window.huiyinEarly = {}
  const asked = window.huiyinEarly
  const found = asked?.[url]
  if (asked && found) delete asked[url]
  return found
}

async function send(method: string, path: string, params?: Params, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  const form = body instanceof FormData
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  try {
    const url = address(path, params)
    return await (early(method, url) ?? fetch(url, {
      method, headers, credentials: 'same-origin', signal, body: body === undefined || form ? body : JSON.stringify(body),
    }))
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(0, 'offline', OFFLINE, null, {})
  }
}

async function call<T>(method: string, path: string, params?: Params, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, params, body, signal)
  const answer = await bodyOf(response)
  if (!response.ok) throw errorFrom(response.status, answer)
  return answer as T
}

/** Ask for a file that may have to be made first: null where it is there, else what tells of its making. */
async function order<T>(path: string, params?: Params): Promise<T | null> {
  const response = await send('GET', path, params)
  if (response.status === 200) {
    await response.body?.cancel()
    return null
  }
  const answer = await bodyOf(response)
  if (!response.ok) throw errorFrom(response.status, answer)
  return answer as T
}

/** Ask by a body, take the answer as a file. */
async function file(path: string, params: Params, body: unknown): Promise<Blob> {
  const response = await send('POST', path, params, body)
  if (!response.ok) throw errorFrom(response.status, await bodyOf(response))
  return response.blob()
}

export const api = {
  order,
  file,
  get: <T>(path: string, params?: Params, signal?: AbortSignal) => call<T>('GET', path, params, undefined, signal),
  post: <T>(path: string, body: unknown = {}, signal?: AbortSignal) => call<T>('POST', path, undefined, body, signal),
  form: <T>(path: string, body: FormData) => call<T>('POST', path, undefined, body),
  put: <T>(path: string, body: unknown) => call<T>('PUT', path, undefined, body),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, undefined, body),
  delete: <T>(path: string, params?: Params, body?: unknown) => call<T>('DELETE', path, params, body),
}
