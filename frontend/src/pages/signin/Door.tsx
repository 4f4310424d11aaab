import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../app/shell/Mark.tsx'
import { Choices } from '../../app/shell/TopBar.tsx'
import './door.css'

/** Frame of the pages before one is signed in: the motto beside a form. */
export function Door({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="door">
      <aside aria-hidden="true">
        <Echo />
        <p className="motto">{t('door.motto')}</p>
        <p className="under">{t('door.loop')}</p>
      </aside>
      <div className="way">
        <div className="choices"><Choices /></div>
        <main>
          <p className="name"><Mark size={28} /> {t('shell.brand')}</p>
          <h1>{title}</h1>
          {lead && <p className="soft">{lead}</p>}
          {children}
        </main>
      </div>
    </div>
  )
}

const RINGS = [44, 92, 144, 200, 260, 324, 392, 464]

function Echo() {
  return (
    <svg className="echo" viewBox="0 0 600 800" preserveAspectRatio="xMinYMid slice" fill="none">
      {RINGS.map((radius, at) => (
        <circle key={radius} cx="96" cy="330" r={radius} stroke="currentColor" strokeWidth={at === 0 ? 0 : 1.5} opacity={0.5 - at * 0.055} />
      ))}
      <circle cx="96" cy="330" r="14" fill="currentColor" />
    </svg>
  )
}
