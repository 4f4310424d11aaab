import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'

type Props = { accept: string; busy: boolean; onText: (words: string) => void; children: string }

/** A button that reads a text file of one's own. */
export function OpenFile({ accept, busy, onText, children }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (input.current) input.current.value = ''
    if (file) onText(await file.text())
  }
  return (
    <>
      <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>{children}</Button>
      <input ref={input} type="file" hidden accept={accept} aria-label={children} onChange={({ target }) => void take(target.files?.[0])} />
    </>
  )
}
