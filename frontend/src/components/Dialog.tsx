import { Modal, type ModalProps } from 'antd'
import { useEffect, useRef, useState } from 'react'

const FIELD = 'input:not([type]):not([role=combobox]), input[type=text]:not([role=combobox]), textarea'

type Props = ModalProps & { typing?: boolean }

/**
 * A dialog that is there while it is rendered; when it goes, the keyboard is where it was before.
 * `typing`: its first field has the keyboard once it is open, also where nothing moves on opening.
 */
export function Dialog({ typing = false, children, ...props }: Props) {
  const [opener] = useState(() => document.activeElement)
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => () => {
    setTimeout(() => { if (opener instanceof HTMLElement && opener.isConnected) opener.focus() })
  }, [opener])
  const opened = (open: boolean) => {
    if (open && typing && !body.current?.contains(document.activeElement)) body.current?.querySelector<HTMLElement>(FIELD)?.focus()
  }
  return <Modal open afterOpenChange={opened} {...props}><div ref={body}>{children}</div></Modal>
}
