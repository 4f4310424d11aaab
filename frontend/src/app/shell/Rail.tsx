import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { areasFor, type Area } from '../areas.tsx'
import { useMay } from '../me.tsx'
import { Mark } from './Mark.tsx'

/** The left rail: where one is in the loop. */
export function Rail({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation()
  const areas = areasFor(useMay())
  const here = useCurrentInView()
  return (
    <nav ref={here} className="rail beside" aria-label={t('shell.rail')}>
      <Brand onGo={onGo} />
      {areas.map((area) => <RailArea key={area.key} area={area} onGo={onGo} />)}
    </nav>
  )
}

/** The rail may be longer than the window: where one is stays in view. */
function useCurrentInView() {
  const rail = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    rail.current?.querySelector('li [aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [pathname])
  return rail
}

export function Brand({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation()
  return <NavLink className="brand" to="/" onClick={onGo}><Mark size={24} /> <span>{t('shell.brand')}</span></NavLink>
}

function RailArea({ area, onGo }: { area: Area; onGo?: () => void }) {
  const { t } = useTranslation()
  const only = area.pages.length === 1 && area.pages[0]?.key === area.key
  const links = area.pages.map((page) => (
    <li key={page.key}>
      <NavLink to={page.path} end={page.path === '/'} onClick={onGo}>
        {only && area.icon}
        {t(`areas.${page.key}`)}
      </NavLink>
    </li>
  ))
  if (only) return <ul className="alone">{links}</ul>
  return (
    <section>
      <h2>{area.icon}{t(`areas.${area.key}`)}</h2>
      <ul>{links}</ul>
    </section>
  )
}
