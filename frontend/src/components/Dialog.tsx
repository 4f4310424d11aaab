import { Modal, type ModalProps } from 'antd'
import { useEffect, useState } from 'react'

/** A dialog that is there while it is rendered; when it goes, the keyboard is where it was before. */
export function Dialog(props: ModalProps) {
  const [opener] = useState(() => document.activeElement)
  useEffect(() => () => {
    setTimeout(() => { if (opener instanceof HTMLElement && opener.isConnected) opener.focus() })
  }, [opener])
  return <Modal open {...props} />
}
