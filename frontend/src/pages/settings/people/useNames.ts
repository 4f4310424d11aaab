import type { Roles, Unit } from '../../../api/people.ts'
import { useRead, type Page } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import type { Role } from '../../../api/types.ts'

/** Names of roles and units. */
export function useNames() {
  const say = useSay()
  const roles = useRead<Roles>('/roles')
  const units = useRead<Page<Unit>>('/units')
  const unitNames = new Map((units.data?.items ?? []).map(({ id, name }) => [id, name]))
  return {
    roles: roles.data?.items ?? [],
    units: units.data?.items ?? [],
    role: (role: Role | null) => say(roles.data?.items.find((one) => one.role === role)?.text) || (role ?? ''),
    unit: (id: string | null) => (id ? (unitNames.get(id) ?? '') : ''),
  }
}
