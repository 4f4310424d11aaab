import { useCallback, useRef, useState } from 'react'
import { ApiError } from '../../../api/client.ts'
import type { Uploaded } from '../../../api/data.ts'
import { upload } from '../../../api/upload.ts'

export type Sent = { key: string; file: File; sent: number; uploaded: Uploaded | null }

export type Uploads = {
  files: Sent[]
  done: Uploaded[]
  busy: boolean
  fault: ApiError | null
  send: (files: File[]) => void
  remove: (key: string) => void
}

let next = 0

/** Files on their way to the server, each with its progress; a removed one is stopped. */
export function useUploads(path: string): Uploads {
  const [files, setFiles] = useState<Sent[]>([])
  const [fault, setFault] = useState<ApiError | null>(null)
  const stops = useRef(new Map<string, AbortController>())
  const drop = useCallback((key: string) => setFiles((all) => all.filter((one) => one.key !== key)), [])
  const one = useCallback(
    async (file: File) => {
      const key = String((next += 1))
      const stop = new AbortController()
      stops.current.set(key, stop)
      const set = (part: Partial<Sent>) => setFiles((all) => all.map((sent) => (sent.key === key ? { ...sent, ...part } : sent)))
      setFiles((all) => [...all, { key, file, sent: 0, uploaded: null }])
      try {
        const answer = await upload<{ items: Uploaded[] }>(path, [file], ({ sent, total }) => set({ sent: total ? sent / total : 0 }), stop.signal)
        set({ uploaded: answer.items[0] ?? null, sent: 1 })
      } catch (error) {
        drop(key)
        if (error instanceof ApiError) setFault(error)
        else if (!stop.signal.aborted) throw error
      }
    },
    [path, drop],
  )
  const send = useCallback(
    (chosen: File[]) => {
      setFault(null)
      for (const file of chosen) void one(file)
    },
    [one],
  )
  const remove = useCallback(
    (key: string) => {
      stops.current.get(key)?.abort()
      drop(key)
    },
    [drop],
  )
  const done = files.flatMap(({ uploaded }) => (uploaded ? [uploaded] : []))
  return { files, done, busy: done.length < files.length, fault, send, remove }
}
