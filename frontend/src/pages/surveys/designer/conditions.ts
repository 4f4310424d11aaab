/** Conditions that the small form can edit: comparisons that all hold, or of which one does. */
import type { Condition, Definition, FieldTest, Op, Question, Test } from '../../../api/surveys.ts'

export type Simple = Test | FieldTest
export type Joined = { join: 'all' | 'any'; tests: Simple[] }

const isSimple = (one: Condition): one is Simple => 'op' in one

/** Null: it is nested deeper than the form shows. */
export function readJoined(condition: Condition | null | undefined): Joined | null {
  if (!condition) return { join: 'all', tests: [] }
  if (isSimple(condition)) return { join: 'all', tests: [condition] }
  if ('all' in condition && condition.all.every(isSimple)) return { join: 'all', tests: condition.all }
  if ('any' in condition && condition.any.every(isSimple)) return { join: 'any', tests: condition.any }
  return null
}

export function writeJoined({ join, tests }: Joined): Condition | null {
  const [first] = tests
  if (!first) return null
  if (tests.length === 1) return first
  return join === 'all' ? { all: tests } : { any: tests }
}

const ORDER: readonly Op[] = ['is', 'is_not', 'at_least', 'at_most', 'answered', 'unanswered']

export function opsOf(question: Question | undefined): readonly Op[] {
  switch (question?.kind) {
    case undefined: return ['is', 'is_not', 'answered', 'unanswered']
    case 'nps': case 'csat': case 'ces': case 'slider': case 'matrix': return ORDER
    case 'single': return ['is', 'is_not', 'answered', 'unanswered']
    case 'multiple': case 'ranking': return ['includes', 'excludes', 'answered', 'unanswered']
    case 'date': return ['at_least', 'at_most', 'answered', 'unanswered']
    case 'consent': return ['is', 'unanswered']
    default: return ['answered', 'unanswered']
  }
}

export const needsValue = (op: Op): boolean => op !== 'answered' && op !== 'unanswered'

/** Questions that stand before a place; all of them where none is given. */
export function before(draft: Definition, place: { question?: string; page?: string; after?: string } = {}): Question[] {
  const found: Question[] = []
  for (const page of draft.pages) {
    if (page.id === place.page) return found
    for (const question of page.questions) {
      if (question.id === place.question) return found
      if (question.kind !== 'note') found.push(question)
    }
    if (page.id === place.after) return found
  }
  return found
}

/** A comparison to begin with, which the question allows. */
export function firstTest(question: Question): Test {
  const name = question.kind === 'matrix' ? `${question.id}.${question.rows?.[0]?.code ?? ''}` : question.id
  const [op = 'answered'] = opsOf(question)
  return needsValue(op) ? { question: name, op, value: firstValue(question) } : { question: name, op }
}

export function firstValue(question: Question): string | number | boolean {
  if (question.options?.[0]) return question.options[0].code
  if (question.kind === 'consent') return true
  if (question.kind === 'date') return new Date().toISOString().slice(0, 10)
  return question.kind === 'nps' ? 0 : question.kind === 'slider' ? (question.minimum ?? 0) : 1
}
