import { useTranslation } from 'react-i18next'
import type { Preview, PreviewValue } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import { DASH } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'

const shown = (value: PreviewValue | undefined): string => (value === null || value === undefined || value === '' ? DASH : String(value))

/** The first rows of a column: as the file says it, and as it is read. */
export function Values({ id, column }: { id: string; column: string }) {
  const { t } = useTranslation()
  const preview = useRead<Preview>(`/datasets/${id}/preview`, { columns: [column] })
  return (
    <Loaded read={preview} rows={5}>
      {({ rows }) => (
        <div className="values" tabIndex={0} role="region" aria-label={t('codebook.values')}>
          <table>
            <thead><tr><th scope="col" className="number">{t('codebook.row')}</th><th scope="col">{t('codebook.raw')}</th><th scope="col">{t('codebook.typed')}</th></tr></thead>
            <tbody>
              {rows.map(({ row, raw, typed }) => (
                <tr key={row}><td className="number soft">{row}</td><td>{shown(raw[column])}</td><td>{shown(typed[column])}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  )
}
