import { InboxOutlined } from '@ant-design/icons'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './drop.css'

type Props = { onFiles: (files: File[]) => void; title?: string; how?: ReactNode; small?: boolean; disabled?: boolean }

/** Drop files here, or choose them; several at once. */
export function DropFiles({ onFiles, title, how, small = false, disabled = false }: Props) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null) => {
    if (files?.length && !disabled) onFiles([...files])
    if (input.current) input.current.value = ''
  }
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    <label
      className={`drop${over ? ' over' : ''}${small ? ' small' : ''}`}
      onDragOver={(event) => drag(event, true)} onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => { drag(event, false); take(event.dataTransfer.files) }}
    >
      <InboxOutlined aria-hidden />
      <span><strong>{title ?? t('drop.title')}</strong><span className="soft">{how ?? t('drop.how')}</span></span>
      <input ref={input} type="file" multiple disabled={disabled} onChange={(event) => take(event.target.files)} />
    </label>
  )
}
