import type { TFunction } from 'i18next'
import type { Codebook, Column } from '../../api/data.ts'
import { dimensionChoices, hasTime, measureChoices, withOperations, type Choice, type Say } from '../../components/measures.ts'

export type FieldKind = 'metric' | 'group' | 'time'
export type Field = Choice & { kind: FieldKind }

/** What can be put on the shelves. */
export function fieldsOf(columns: Column[], operations: Codebook['operations'], t: TFunction, say: Say): Field[] {
  const of = (kind: FieldKind) => (choice: Choice): Field => ({ ...choice, kind })
  return [
    ...withOperations(measureChoices(columns, t, say), operations, say).map(of('metric')),
    ...dimensionChoices(columns, t, say).map(of('group')),
    ...(hasTime(columns) ? [{ value: 'time', label: t('explore.time'), kind: 'time' as const }] : []),
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
