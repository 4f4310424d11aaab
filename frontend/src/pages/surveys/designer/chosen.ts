/** What is being edited: one question, one page, or the questionnaire as a whole. */
export type Chosen = { question?: string; page?: string; whole?: boolean }

export function readChosen(address: URLSearchParams): Chosen {
  const question = address.get('question')
  const page = address.get('page')
  if (question) return { question }
  return page ? { page } : { whole: true }
}

export const chosenAddress = ({ question, page }: Chosen) => ({ question: question ?? null, page: question ? null : (page ?? null) })
