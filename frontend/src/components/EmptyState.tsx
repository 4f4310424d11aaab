import type { ReactNode } from 'react'
import { Mark } from '../app/shell/Mark.tsx'
import './page.css'

type Props = { title: string; how?: ReactNode; children?: ReactNode }

/** What stands where nothing is yet: what this place is for, and the first step. */
export function EmptyState({ title, how, children }: Props) {
  return (
    <div className="empty-state">
      <span className="sign"><Mark size={48} /></span>
      <h2>{title}</h2>
      {how && <p className="soft">{how}</p>}
      {children && <div className="row">{children}</div>}
    </div>
  )
}
