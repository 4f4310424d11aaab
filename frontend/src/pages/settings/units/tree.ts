import type { Unit } from '../../../api/people.ts'

export type UnitNode = { key: string; value: string; title: string; unit: Unit; children: UnitNode[] }

/** Units as a tree; one whose parent is not among them stands at the top. */
export function unitTree(units: readonly Unit[]): UnitNode[] {
  const nodes = new Map(units.map((unit) => [unit.id, { key: unit.id, value: unit.id, title: unit.name, unit, children: [] as UnitNode[] }]))
  const top: UnitNode[] = []
  for (const node of nodes.values()) {
    const parent = node.unit.parent_id === null ? undefined : nodes.get(node.unit.parent_id)
    ;(parent?.children ?? top).push(node)
  }
  return top
}
