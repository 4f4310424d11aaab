import { Switch } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DASH } from '../../../components/format.ts'
import { ChangeTable, ImportChanges, type Change, type Changes } from '../../../components/ImportChanges.tsx'

type PersonChange = Change & { login: string }
type StaffChanges = Changes & { units_added: string[][]; people: PersonChange[] }

const fieldsOf = (disable: boolean) => ({ disable_missing: String(disable) })

/** Staff and units from one workbook. */
export function ImportStaff({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [disable, setDisable] = useState(false)
  return (
    <ImportChanges<StaffChanges>
      list="staff" title={t('roster.title')} drop={t('roster.drop')} how={t('roster.how')} done={t('roster.done')} refresh={['/staff', '/units']}
      fields={fieldsOf(disable)} isNothing={({ people, units_added }) => people.length === 0 && units_added.length === 0}
      preview={(changes) => <Preview changes={changes} />} onClose={onClose}
    >
      {(look) => <label className="row"><Switch checked={disable} onChange={(gone) => { setDisable(gone); look(fieldsOf(gone)) }} />{t('roster.missing')}</label>}
    </ImportChanges>
  )
}

function Preview({ changes }: { changes: StaffChanges }) {
  const { t } = useTranslation()
  return (
    <>
      {changes.units_added.length > 0 && <p className="small soft">{t('roster.units')} {changes.units_added.map((path) => path.join(' / ')).join(t('common.list'))}</p>}
      <ChangeTable<PersonChange>
        rows={changes.people} rowKey="login" name={t('people.name')} columns={[{ title: t('people.login'), dataIndex: 'login' }]} difference={(row) => difference(row, t)}
      />
    </>
  )
}

const difference = ({ before, after }: Change, t: TFunction): string =>
  Object.entries(after).filter(([key, value]) => before[key] !== value).map(([key, value]) => `${t(`roster.field.${key}`, { defaultValue: key })}${t('common.colon')}${String(before[key] ?? DASH)} → ${String(value ?? DASH)}`).join(t('common.semicolon'))
