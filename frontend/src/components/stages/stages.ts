/** Stages of a log, as `POST /datasets/{id}/stages` gives them (docs/contracts.md). */
import type { Text } from '../../app/language.ts'
import type { Result } from '../question/result.ts'

export type Stages = {
  stage_column: string
  order: string[]
  times: Result & { query: { metrics: string[]; cluster: string | null } }
  shares: Result | null
  bottleneck: { stage: string; sure: boolean; sentence: Text } | null
}
