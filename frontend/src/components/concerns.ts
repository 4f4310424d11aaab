import type { Text } from '../app/language.ts'

/** By what an answer tells what its words concern: the question they are written under, an aspect it calls bad. */
export const WAYS = ['question', 'aspect'] as const

/** What the words of some answers concern, as the server counts it. */
export type Concern = { about: (typeof WAYS)[number]; column: string; label: Text; n: number }
export type Concerned = { written: number; sampled: boolean; items: Concern[] }
