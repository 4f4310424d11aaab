import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Sent } from './useUploads.ts'

const WORKBOOK = /\.(xlsx|xlsm|xls|xlsb|ods)$/i
const PARTS = /[;；\n]/

/** What a person wrote as names of sheets; null: the sheet with the answers is found by itself. */
export function sheetsOf(words: string): string[] | null {
  const names = words.split(PARTS).map((name) => name.trim()).filter(Boolean)
  return names.length > 0 ? names : null
}

/** Which sheets of a workbook are read, where one of the files is one. */
export function SheetNames({ files, value, onChange }: { files: Sent[]; value: string; onChange: (words: string) => void }) {
  const { t } = useTranslation()
  if (!files.some(({ file }) => WORKBOOK.test(file.name))) return null
  return (
    <label className="sheets">
      {t('import.sheets')}
      <Input value={value} placeholder={t('import.sheetsFound')} onChange={(event) => onChange(event.target.value)} maxLength={400} />
    </label>
  )
}
