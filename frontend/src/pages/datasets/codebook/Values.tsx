import { useTranslation } from 'react-i18next'
import type { Column, Preview } from '../../../api/data.ts'
import { useRead } from '../../../api/hooks.tsx'
import { DASH } from '../../../components/format.ts'
import { Loaded } from '../../../components/Loaded.tsx'

const ROWS = 60

/** The first rows of a column as the file says them; words of a scale with the points they stand for. */
export function Values({ importId, column }: { importId: string; column: Column }) {
  const { t } = useTranslation()
  const preview = useRead<Preview>(`/imports/${importId}/preview`, { rows: ROWS }, { fresh: 300_000 })
  const levels = column.scale?.levels ?? {}
  const worded = Object.keys(levels).length > 0
  return (
    <Loaded read={preview} rows={5}>
      {({ columns, rows }) => {
        const at = columns.indexOf(column.name)
        if (at < 0) return <p className="soft small">{t('codebook.noValues')}</p>
        return (
          <div className="values" tabIndex={0} role="region" aria-label={t('codebook.values')}>
            <table>
              <thead><tr><th scope="col" className="number">{t('codebook.row')}</th><th scope="col">{t('codebook.raw')}</th>{worded && <th scope="col">{t('codebook.typed')}</th>}</tr></thead>
              <tbody>
                {rows.map((row, place) => (
                  <tr key={place}><td className="number soft">{place + 1}</td><td>{row[at] ?? DASH}</td>{worded && <td>{levels[row[at] ?? ''] ?? DASH}</td>}</tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }}
    </Loaded>
  )
}
