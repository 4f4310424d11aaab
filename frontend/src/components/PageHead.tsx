import type { ReactNode } from 'react'
import { useTitle } from './useTitle.ts'
import './page.css'

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; above?: ReactNode }

/** Head of a page: its name, the question it answers, what to do next. */
export function PageHead({ title, lead, actions, above }: Props) {
  useTitle(title)
  return (
    <header className="page-head">
      {above && <div className="above">{above}</div>}
      <div className="row far">
        <h1>{title}</h1>
        {actions && <div className="row actions">{actions}</div>}
      </div>
      {lead && <p className="soft lead">{lead}</p>}
    </header>
  )
}
