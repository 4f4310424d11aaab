import { Select } from 'antd'
import type { Roles } from '../../../api/people.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'

type Props = { value?: string; onChange?: (role: string) => void; id?: string }

/** A role, with what it reaches. */
export function RoleSelect({ value, onChange, id }: Props) {
  const say = useSay()
  const roles = useRead<Roles>('/roles')
  const options = (roles.data?.items ?? []).map(({ role, text, reach }) => ({ value: role, label: say(text), reach: say(reach) }))
  return (
    <Select
      id={id} value={value} onChange={onChange} options={options}
      optionRender={({ data }) => <div>{data.label}<div className="tiny soft">{data.reach}</div></div>}
    />
  )
}
