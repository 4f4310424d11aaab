import { Switch } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../api/types.ts'
import { DASH } from '../../../components/format.ts'
import { ChangeTable, ImportChanges, type Change, type Changes } from '../../../components/ImportChanges.tsx'
import { useNames } from './useNames.ts'

type PersonChange = Change & { login: string }
type UnitCode = { unit: string[]; code: string }
type StaffChanges = Changes & { units_added: string[][]; unit_codes: UnitCode[]; people: PersonChange[] }

const fieldsOf = (disable: boolean) => ({ disable_missing: String(disable) })

/** Staff and units from one workbook. */
export function ImportStaff({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [disable, setDisable] = useState(false)
  return (
    <ImportChanges<StaffChanges>
      list="staff" title={t('roster.title')} drop={t('roster.drop')} how={t('roster.how')} done={t('roster.done')} refresh={['/staff', '/units']}
      fields={fieldsOf(disable)} isNothing={({ people, units_added, unit_codes }) => people.length + units_added.length + unit_codes.length === 0}
      preview={(changes) => <Preview changes={changes} />} onClose={onClose}
    >
      {(look) => <label className="row"><Switch checked={disable} onChange={(gone) => { setDisable(gone); look(fieldsOf(gone)) }} />{t('roster.missing')}</label>}
    </ImportChanges>
  )
}

function Preview({ changes }: { changes: StaffChanges }) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <>
      {changes.units_added.length > 0 && <p className="small soft">{t('roster.units')} {changes.units_added.map(inFull).join(t('common.list'))}</p>}
      {changes.unit_codes.length > 0 && <p className="small soft">{t('roster.codes')} {changes.unit_codes.map(({ unit, code }) => `${inFull(unit)} = ${code}`).join(t('common.list'))}</p>}
      <ChangeTable<PersonChange>
        rows={changes.people} rowKey="login" name={t('people.name')} columns={[{ title: t('people.login'), dataIndex: 'login' }]} difference={(row) => difference(row, t, names.role)}
      />
    </>
  )
}

const inFull = (path: readonly string[]) => path.join(' / ')

function difference({ before, after }: Change, t: TFunction, role: (role: Role) => string): string {
  const said = (key: string, value: unknown) =>
    value == null ? DASH : key === 'role' ? role(value as Role) : Array.isArray(value) ? inFull(value as string[]) : String(value)
  return Object.entries(after)
    .filter(([key, value]) => before[key] !== value)
    .map(([key, value]) => `${t(`roster.field.${key}`, { defaultValue: key })}${t('common.colon')}${said(key, before[key])} → ${said(key, value)}`)
    .join(t('common.semicolon'))
}
