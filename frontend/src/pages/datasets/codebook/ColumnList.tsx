import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../api/data.ts'
import { useSay } from '../../../app/language.ts'

type Props = {
  columns: Column[]
  changed: ReadonlySet<string>
  checked: ReadonlySet<string>
  current: string | undefined
  doubts: number
  onlyDoubts: boolean
  onOnlyDoubts: (only: boolean) => void
  onChoose: (name: string) => void
}

export function ColumnList({ columns, changed, checked, current, doubts, onlyDoubts, onOnlyDoubts, onChoose }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <nav className="book-list panel flush" aria-label={t('codebook.columns')}>
      {doubts > 0 && (
        <div className="book-filter">
          <Segmented block value={onlyDoubts} onChange={(value) => onOnlyDoubts(value)} options={[{ value: false, label: t('common.all') }, { value: true, label: t('codebook.doubts', { count: doubts }) }]} />
        </div>
      )}
      <ol>
        {columns.map((column) => (
          <li key={column.name}>
            <button type="button" aria-current={column.name === current ? 'true' : undefined} onClick={() => onChoose(column.name)}>
              <span className="book-name">{say(column.label) || column.name}</span>
              <span className="row">
                <span className="tiny soft">{t(`roles.${column.role}`)}{column.scale ? ` · ${String(column.scale.min)}–${String(column.scale.max)}` : ''}</span>
                {column.please_check && <span className="tag doubt">{t('codebook.check')}</span>}
                {changed.has(column.name) && <span className="tag accent">{t('codebook.changed')}</span>}
                {checked.has(column.name) && <span className="tag">{t('codebook.checked')}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
