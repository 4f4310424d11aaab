import { Button, Input, InputNumber, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../api/data.ts'
import { useLanguage, useSay } from '../../../app/language.ts'
import { share } from '../../../components/format.ts'
import { RATINGS, ROLES, usualScale } from './roles.ts'
import type { ColumnChange } from './useDraft.ts'
import { Values } from './Values.tsx'

type Props = { importId: string | undefined; column: Column; onChange: (part: ColumnChange) => void }

export function ColumnEditor({ importId, column, onChange }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const label = say(column.label)
  const roles = ROLES.map((role) => ({ value: role, label: t(`roles.${role}`), search: `${t(`roles.${role}`)} ${role}` }))
  const setRole = (role: string) => onChange({ role, scale: RATINGS.has(role) ? (column.scale ?? usualScale(role)) : null })
  return (
    <section className="book-one panel" aria-label={label || column.name}>
      <header>
        <h2>{label || column.name}</h2>
        {label && label !== column.name && <p className="tiny soft">{t('codebook.inFile', { name: column.name })}</p>}
        <p className={column.please_check ? 'why doubt' : 'why'}>
          {say(column.reason)} <span className="soft">{t('codebook.sure', { share: share(column.confidence, 0) })}</span>
        </p>
        {column.please_check && (
          <div className="row">
            <span className="soft small">{t(column.usable ? 'codebook.usedAnyway' : 'codebook.notUsed')}</span>
            <Button size="small" onClick={() => setRole(column.role)}>{t('codebook.itIsRight')}</Button>
          </div>
        )}
      </header>
      <div className="book-fields">
        <label>{t('codebook.role')}
          <Select value={column.role} options={roles} showSearch={{ optionFilterProp: 'search' }} onChange={setRole} popupMatchSelectWidth={280} />
        </label>
        {RATINGS.has(column.role) && <ScaleFields column={column} onChange={onChange} />}
        <label className="wide">{t('codebook.label')}
          <Input value={label} onChange={(event) => onChange({ label: { ...column.label, [language]: event.target.value } })} maxLength={200} />
        </label>
      </div>
      {importId && <Values importId={importId} column={column} />}
    </section>
  )
}

function ScaleFields({ column, onChange }: Omit<Props, 'importId'>) {
  const { t } = useTranslation()
  const scale = column.scale ?? usualScale(column.role)
  return (
    <>
      <div className="field">{t('codebook.scale')}
        <span className="row nowrap">
          <InputNumber value={scale.min} aria-label={t('codebook.lowest')} onChange={(min) => min !== null && onChange({ scale: { ...scale, min } })} />
          <span aria-hidden="true">–</span>
          <InputNumber value={scale.max} aria-label={t('codebook.highest')} onChange={(max) => max !== null && onChange({ scale: { ...scale, max } })} />
        </span>
      </div>
      <div className="field">{t('codebook.direction')}
        <Segmented<number> value={scale.direction} onChange={(direction) => onChange({ scale: { ...scale, direction } })} options={[{ value: 1, label: t('codebook.highGood') }, { value: -1, label: t('codebook.lowGood') }]} />
      </div>
    </>
  )
}
