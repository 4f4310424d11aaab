import { App as AntApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { keep, startLook, type Look } from './kept.ts'
import { useLanguage } from './language.ts'
import { themeOf } from './theme.ts'

type LookChoice = { look: Look; toggle: () => void }

const LookContext = createContext<LookChoice>({ look: 'light', toggle: () => undefined })

export const useLook = (): LookChoice => use(LookContext)

/** Light or dark, and Ant Design in the reader's language. */
export function LookProvider({ children }: { children: ReactNode }) {
  const [look, setLook] = useState<Look>(startLook)
  const language = useLanguage()
  useEffect(() => {
    document.documentElement.dataset.look = look
  }, [look])
  const choice = useMemo(
    () => ({
      look,
      toggle: () => {
        const next = look === 'dark' ? 'light' : 'dark'
        keep({ look: next })
        setLook(next)
      },
    }),
    [look],
  )
  const config = useMemo(() => themeOf(look, 'var(--face)'), [look])
  return (
    <LookContext value={choice}>
      <ConfigProvider theme={config} locale={language === 'en' ? en : zh} button={{ autoInsertSpace: false }}>
        <AntApp message={{ maxCount: 3 }}>{children}</AntApp>
      </ConfigProvider>
    </LookContext>
  )
}
