/** What the browser remembers between visits: language, look, and which dataset each person looked at last. Nothing else is kept here. */

export type Language = 'zh-CN' | 'en'
export type Look = 'light' | 'dark'
type Kept = { language?: Language; look?: Look; datasets?: Record<string, string> }

const KEY = 'huiyin'

export function readKept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Kept
  } catch {
    return {}
  }
}

export function keep(part: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readKept(), ...part }))
  } catch {
    // A browser that stores nothing still works: it only forgets the choice.
  }
}

export const keepDataset = (staff: string, dataset: string): void => keep({ datasets: { ...readKept().datasets, [staff]: dataset } })

export const startLook = (): Look => (document.documentElement.dataset.look === 'dark' ? 'dark' : 'light')
export const startLanguage = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'zh-CN')
