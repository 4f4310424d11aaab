import type { TFunction } from 'i18next'
import type { Codebook, Column } from '../../api/data.ts'
import { asAsked, dimensionChoices, hasTime, levelChoices, measureChoices, withOperations, type Choice, type Say } from '../../components/measures.ts'

export type FieldKind = 'metric' | 'group' | 'time'
export type Field = Choice & { kind: FieldKind }

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const

/** What can be put on the shelves, and the shares of levels that are `on` them. */
export function fieldsOf(columns: Column[], operations: Codebook['operations'], on: readonly string[], t: TFunction, say: Say): Field[] {
  const of = (kind: FieldKind) => (choice: Choice): Field => ({ ...choice, kind })
  return [
    ...asAsked(withOperations(measureChoices(columns, t, say), operations, say), on, columns, say).map(of('metric')),
    ...levelChoices(on, columns, t, say).map(of('metric')),
    ...dimensionChoices(columns, t, say).map(of('group')),
    ...(hasTime(columns) ? GRAINS.map((value) => ({ value, label: t(`grain.${value}`), kind: 'time' as const })) : []),
  ]
}

/** What is being dragged: browsers tell a place that is only dragged over nothing of it. */
let dragged: Field | null = null

export function beginDrag(event: React.DragEvent, field: Field): void {
  dragged = field
  event.dataTransfer.setData('text/plain', field.label)
  event.dataTransfer.effectAllowed = 'copyMove'
}

export const draggedField = (): Field | null => dragged
export const endDrag = (): void => { dragged = null }
