import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { tellIn } from '../components/format.ts'
import { keep, startLanguage, type Language } from './kept.ts'

const COPY = {
  'zh-CN': () => import('../copy/zh-CN.json'),
  en: () => import('../copy/en.json'),
}

/** Have the copy of a language at hand; it is loaded when first needed. */
export async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const copy = await COPY[language]()
    i18next.addResourceBundle(language, 'translation', copy.default)
  }
}

/** Set the language of page, dates and document; the copy is loaded when first needed. */
async function speak(language: Language): Promise<void> {
  await load(language)
  tellIn(language)
  dayjs.locale(language === 'en' ? 'en' : 'zh-cn')
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** Speak a language now and at later visits. */
export async function choose(language: Language): Promise<void> {
  keep({ language })
  await speak(language)
}

let atTheDoor: Language | null = null

/** Speak a language to whoever is not signed in yet: their account follows once they are. */
export async function chooseAtTheDoor(language: Language): Promise<void> {
  atTheDoor = language
  await choose(language)
}

/** Speak the language of an account; gives the one it is to have where its person chose another at the door. */
export async function follow(account: string): Promise<Language | null> {
  const chosen = atTheDoor
  atTheDoor = null
  if (chosen) return chosen === account ? null : chosen
  const language = account === 'en' ? 'en' : 'zh-CN'
  if (language !== i18next.language) await choose(language)
  return null
}

export async function startSpeaking(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await speak(startLanguage())
}

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'zh-CN'
}

/** A text of the server in several languages. */
export type Text = { [language: string]: string }

export function sayIn(text: Text | string | null | undefined, language: Language): string {
  if (text == null) return ''
  if (typeof text === 'string') return text
  return text[language] ?? text['zh-CN'] ?? Object.values(text)[0] ?? ''
}

/** Gives a function that says a server text in the reader's language. */
export function useSay(): (text: Text | string | null | undefined) => string {
  const language = useLanguage()
  return (text) => sayIn(text, language)
}
