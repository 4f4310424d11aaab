import { ApiError, csrfToken, errorFrom, ROOT } from './client.ts'

export type Sending = { sent: number; total: number }

const GONE = { 'zh-CN': '上传中断了，请再试一次。', en: 'The upload broke off. Try again.' }

/** Send files with progress; XMLHttpRequest, since fetch tells nothing while it sends. */
export function upload<T>(path: string, files: readonly File[], onProgress: (now: Sending) => void, signal?: AbortSignal): Promise<T> {
  const form = new FormData()
  for (const file of files) form.append('files', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', ROOT + path)
    request.setRequestHeader('X-CSRF-Token', csrfToken())
    request.responseType = 'json'
    request.upload.onprogress = (event) => onProgress({ sent: event.loaded, total: event.total })
    request.onload = () =>
      request.status < 300 ? resolve(request.response as T) : reject(errorFrom(request.status, request.response))
    request.onerror = () => reject(new ApiError(0, 'offline', GONE, null, {}))
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}
