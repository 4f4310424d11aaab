import { Drawer, Skeleton } from 'antd'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router'
import { follow } from '../language.ts'
import { MeProvider, useKeepLanguage, useWhoAmI } from '../me.tsx'
import { Fault } from './Fault.tsx'
import { Brand, Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import './shell.css'

/** Frame of every signed-in page; whoever is not signed in goes to the sign-in page and comes back. */
export function Shell() {
  const me = useWhoAmI()
  const spoken = me.data?.language
  const was = useRef(false)
  const keepLanguage = useKeepLanguage()
  useEffect(() => {
    was.current ||= spoken !== undefined
    if (spoken) void follow(spoken).then((chosen) => chosen && keepLanguage(chosen))
  }, [spoken])
  const { pathname, search } = useLocation()
  if (me.isPending) return <Waiting />
  if (me.isError) return <Fault error={me.error} onRetry={() => void me.refetch()} />
  if (!me.data) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}${was.current ? '&ended=1' : ''}`} replace />
  return (
    <MeProvider me={me.data}>
      <Frame />
    </MeProvider>
  )
}

function Frame() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const busy = useNavigation().state === 'loading'
  return (
    <div className="shell">
      <a className="skip" href="#main">{t('shell.skip')}</a>
      <div className="side"><Rail /></div>
      <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={264} closable={false} styles={{ body: { padding: 0 } }} aria-label={t('shell.rail')}>
        <Rail onGo={() => setOpen(false)} />
      </Drawer>
      <div className="body">
        <TopBar onMenu={() => setOpen(true)} />
        <main id="main" tabIndex={-1} aria-busy={busy}>
          <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <ScrollRestoration />
    </div>
  )
}

/** The frame while one is recognised; `index.html` shows the same before the program is there. */
function Waiting() {
  const { t } = useTranslation()
  return (
    <div className="shell">
      <div className="side"><nav className="rail beside" aria-label={t('shell.rail')}><Brand /></nav></div>
      <div className="body"><div className="top"><Brand /></div><main id="main" aria-busy="true"><Skeleton active paragraph={{ rows: 8 }} /></main></div>
    </div>
  )
}
