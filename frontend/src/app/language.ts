import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { keep, readKept, startLanguage, type Language } from './kept.ts'

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
  dayjs.locale(language === 'en' ? 'en' : 'zh-cn')
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** Speak a language now and at later visits. */
export async function choose(language: Language): Promise<void> {
  keep({ language })
  await speak(language)
}

/**
 * Speak English to whoever chose it elsewhere and chose nothing in this browser yet. Chinese is what
 * an account begins with: it says nothing about its person, and the browser's language stays.
 */
export async function follow(language: string): Promise<void> {
  if (!readKept().language && language === 'en') await choose('en')
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
