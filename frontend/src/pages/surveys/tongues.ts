import type { Words } from '../../api/surveys.ts'

/** Languages that a questionnaire can be written in here; others may come in with a file. */
export const TONGUES: Record<string, string> = {
  'zh-CN': '中文', en: 'English', 'zh-TW': '繁體中文', ja: '日本語', ko: '한국어', fr: 'Français', de: 'Deutsch', es: 'Español', ru: 'Русский', th: 'ไทย', vi: 'Tiếng Việt',
}

export const tongue = (tag: string): string => TONGUES[tag] ?? tag

/** Words in a language, else in the first there is. */
export const inWords = (words: Words | undefined, language: string): string => words?.[language] ?? Object.values(words ?? {})[0] ?? ''
