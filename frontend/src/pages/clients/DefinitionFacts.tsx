import { useSay } from '../../app/language.ts'
import type { Cell, Definition } from '../../components/cells.ts'

/** What stands behind a score. */
export function DefinitionFacts({ cell, definition }: { cell: Cell; definition: Definition | null | undefined }) {
  const say = useSay()
  return (
    <>
      <strong>{say(cell.label)}</strong>
      {definition && <span>{say(definition.formula)}</span>}
    </>
  )
}
