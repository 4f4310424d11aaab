import { GlobalOutlined, LogoutOutlined, MenuOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { useWrite } from '../../api/hooks.tsx'
import { choose, chooseAtTheDoor, useLanguage } from '../language.ts'
import { useLook } from '../look.tsx'
import { useKeepLanguage, useMe } from '../me.tsx'
import { Brand } from './Rail.tsx'

export function TopBar({ onMenu }: { onMenu: () => void }) {
  const { t } = useTranslation()
  return (
    <header className="top">
      <Button className="menu" type="text" icon={<MenuOutlined />} aria-label={t('shell.menu')} onClick={onMenu} />
      <Brand />
      <span className="gap" />
      <Choices kept />
      <MeMenu />
    </header>
  )
}

/** Language and look, on every page; `kept`: the server remembers the language of whoever is signed in. */
export function Choices({ kept = false }: { kept?: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { look, toggle } = useLook()
  const other = language === 'en' ? 'zh-CN' : 'en'
  const keepLanguage = useKeepLanguage()
  const change = () => {
    void (kept ? choose(other) : chooseAtTheDoor(other))
    if (kept) keepLanguage(other)
  }
  const lookName = t(look === 'dark' ? 'shell.toLight' : 'shell.toDark')
  return (
    <>
      <Button type="text" icon={<GlobalOutlined />} lang={other} onClick={change}>
        {other === 'en' ? 'English' : '中文'}
      </Button>
      <Tooltip title={lookName}>
        <Button type="text" icon={look === 'dark' ? <SunOutlined /> : <MoonOutlined />} aria-label={lookName} onClick={toggle} />
      </Tooltip>
    </>
  )
}

function MeMenu() {
  const { t } = useTranslation()
  const { staff } = useMe()
  const client = useQueryClient()
  const go = useNavigate()
  const leave = useWrite(() => api.delete('/session'), {
    after: () => {
      client.clear()
      void go('/sign-in')
    },
  })
  const items = [
    { key: 'me', icon: <UserOutlined />, label: <Link to="/me">{t('shell.me')}</Link> },
    { type: 'divider' as const },
    { key: 'leave', icon: <LogoutOutlined />, label: t('shell.signOut'), onClick: () => leave.mutate(undefined) },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" className="who">
        <span className="face" aria-hidden="true" data-letter={staff.name.slice(0, 1)} />
        <span className="hidden">{t('shell.meMenu', { name: staff.name })}</span>
        <span className="name" aria-hidden="true">{staff.name}</span>
      </Button>
    </Dropdown>
  )
}
