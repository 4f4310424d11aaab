/** Changes to a definition: each gives a new one, nothing is changed in place. */
import type { Definition, Kind, Question, SurveyPage, Words } from '../../../api/surveys.ts'

type Pages = Pick<Definition, 'pages'>
type Say = (key: string, tag: string) => string

const idsOf = ({ pages }: Pages): Set<string> => new Set(pages.flatMap((page) => [page.id, ...page.questions.map(({ id }) => id)]))

const LETTERS = 4

/** A name that was never used: versions are compared by it, so a deleted one must not come back. */
function freshId(prefix: string, taken: ReadonlySet<string>): string {
  for (;;) {
    const id = `${prefix}_${Math.random().toString(36).slice(2, 2 + LETTERS)}`
    if (!taken.has(id)) return id
  }
}

export const newPage = (all: Pages): SurveyPage => ({ id: freshId('page', idsOf(all)), questions: [] })

export const both = (say: Say, key: string, languages: readonly string[]): Words => Object.fromEntries(languages.map((tag) => [tag, say(key, tag)]).filter(([, said]) => said !== ''))

/** A question of a kind with what it cannot be without. */
export function newQuestion(kind: Kind, all: Pages, say: Say, languages: readonly string[]): Question {
  const words = (key: string) => both(say, key, languages)
  const base: Question = { kind, id: freshId(kind, idsOf(all)), title: words(kind) }
  switch (kind) {
    case 'nps': return { ...base, low: words('unlikely'), high: words('likely') }
    case 'csat': return { ...base, points: 5, look: 'stars', low: words('dissatisfied'), high: words('satisfied') }
    case 'ces': return { ...base, points: 7, low: words('hard'), high: words('easy') }
    case 'single': case 'multiple': case 'ranking':
      return { ...base, options: ['a', 'b', 'c'].map((code) => ({ code, label: words(`option_${code}`) })) }
    case 'matrix':
      return { ...base, points: 5, low: words('dissatisfied'), high: words('satisfied'), rows: ['a', 'b'].map((code) => ({ code, label: words(`row_${code}`) })) }
    case 'contact': return { ...base, fields: ['phone'] }
    case 'consent': return { ...base, purpose: 'follow_up' }
    default: return base
  }
}

export const pageOf = ({ pages }: Pages, id: string): SurveyPage | undefined => pages.find((page) => page.questions.some((one) => one.id === id))

export const questionOf = ({ pages }: Pages, id: string): Question | undefined => pages.flatMap(({ questions }) => questions).find((one) => one.id === id)

const onPages = (draft: Definition, change: (page: SurveyPage) => SurveyPage): Definition => ({ ...draft, pages: draft.pages.map(change) })

export const setPage = (draft: Definition, id: string, part: Partial<SurveyPage>): Definition => onPages(draft, (page) => (page.id === id ? { ...page, ...part } : page))

export const setQuestion = (draft: Definition, id: string, part: Partial<Question>): Definition =>
  onPages(draft, (page) => ({ ...page, questions: page.questions.map((one) => (one.id === id ? { ...one, ...part } : one)) }))

export const removeQuestion = (draft: Definition, id: string): Definition => onPages(draft, (page) => ({ ...page, questions: page.questions.filter((one) => one.id !== id) }))

/** Put a question on a page, before the one at a place. */
export const insert = (draft: Definition, pageId: string, question: Question, at: number): Definition =>
  onPages(draft, (page) => (page.id === pageId ? { ...page, questions: page.questions.toSpliced(at, 0, question) } : page))

export function duplicate(draft: Definition, id: string): [Definition, string] {
  const page = pageOf(draft, id)
  const question = questionOf(draft, id)
  if (!page || !question) return [draft, id]
  const copy = { ...question, id: freshId(question.kind, idsOf(draft)) }
  return [insert(draft, page.id, copy, page.questions.indexOf(question) + 1), copy.id]
}

/** Move a question to a place on a page: `at` counts as if it were taken out first. */
export function move(draft: Definition, id: string, pageId: string, at: number): Definition {
  const question = questionOf(draft, id)
  return question ? insert(removeQuestion(draft, id), pageId, question, at) : draft
}

/** One step up or down, onto the next page where its own ends; the same draft where there is no step. */
export function step(draft: Definition, id: string, by: 1 | -1): Definition {
  const number = draft.pages.findIndex((page) => page.questions.some((one) => one.id === id))
  const page = draft.pages[number]
  if (!page) return draft
  const at = page.questions.findIndex((one) => one.id === id)
  if (at + by >= 0 && at + by < page.questions.length) return move(draft, id, page.id, at + by)
  const next = draft.pages[number + by]
  return next ? move(draft, id, next.id, by === 1 ? 0 : next.questions.length) : draft
}

export const removePage = (draft: Definition, id: string): Definition => ({ ...draft, pages: draft.pages.filter((page) => page.id !== id) })

export function stepPage(draft: Definition, id: string, by: 1 | -1): Definition {
  const at = draft.pages.findIndex((page) => page.id === id)
  const page = draft.pages[at]
  if (!page || at + by < 0 || at + by >= draft.pages.length) return draft
  return { ...draft, pages: draft.pages.toSpliced(at, 1).toSpliced(at + by, 0, page) }
}

/** A code for one more option or row: never one that stood there before by chance. */
export const freshCode = (prefix: string, taken: readonly string[]): string => freshId(prefix, new Set(taken))

/** Numbers of the levels of a scale; null where it has none. */
export function levelsOf(question: Question): number[] | null {
  const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at)
  if (question.kind === 'nps') return from(0, 10)
  if (question.kind === 'csat' || question.kind === 'matrix') return from(1, question.points ?? 5)
  return question.kind === 'ces' ? from(1, question.points ?? 7) : null
}
