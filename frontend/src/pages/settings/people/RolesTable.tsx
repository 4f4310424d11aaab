import { CheckOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Roles } from '../../../api/people.ts'
import type { Right } from '../../../api/types.ts'
import { useRead } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import './people.css'

/** Which role may do what. */
export function RolesTable() {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <Loaded read={useRead<Roles>('/roles')}>
      {({ items, rights }) => (
        <div className="panel flush roles" tabIndex={0} role="region" aria-label={t('people.roles')}>
          <table>
            <thead><tr><th scope="col">{t('people.right')}</th>{items.map(({ role, text, reach }) => <th key={role} scope="col">{say(text)}<small>{say(reach)}</small></th>)}</tr></thead>
            <tbody>
              {(Object.keys(rights) as Right[]).map((right) => (
                <tr key={right}>
                  <th scope="row">{say(rights[right])}</th>
                  {items.map(({ role, rights: own }) => <td key={role}>{own.includes(right) ? <CheckOutlined aria-label={t('common.yes')} /> : <span className="hidden">{t('common.no')}</span>}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  )
}
