import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Option, Row } from '../../../api/surveys.ts'
import { both, freshCode } from './edit.ts'
import { useFirstWords } from './useFirstWords.ts'
import { WordsInput } from './WordsInput.tsx'

type Line = Option & Row

type Props<T> = {
  kind: 'option' | 'row'
  label: string
  items: readonly T[]
  languages: readonly string[]
  other?: boolean
  exclusive?: boolean
  aspects?: readonly string[]
  onChange: (items: T[], what?: string) => void
}

const OTHER = 'other'

/** The options of a question, or the rows of a matrix: words in each language, order, what is special. */
export function OptionsEditor<T extends Option | Row>({ kind, label, items, languages, other = false, exclusive = false, aspects = [], onChange }: Props<T>) {
  const { t } = useTranslation()
  const firstWords = useFirstWords()
  const lines = items as readonly Line[]
  const give = (next: readonly Line[], what?: string) => onChange([...next] as unknown as T[], what)
  const set = (at: number, part: Partial<Line>, what = '') => { const line = lines[at]; if (line) give(lines.with(at, { ...line, ...part }), what) }
  const swap = (at: number, by: 1 | -1) => { const line = lines[at]; if (line && at + by >= 0 && at + by < lines.length) give(lines.toSpliced(at, 1).toSpliced(at + by, 0, line)) }
  const add = (line: Line) => {
    const last = lines.findIndex(({ code }) => code === OTHER)
    give(line.code !== OTHER && last >= 0 ? lines.toSpliced(last, 0, line) : [...lines, line])
  }
  const words = (key: string) => both(firstWords, key, languages)
  const hasOther = lines.some(({ code }) => code === OTHER)
  return (
    <div className="stack tight" role="group" aria-label={label}>
      <span className="small soft">{label}</span>
      {lines.map((line, at) => (
        <div key={line.code} className="option">
          <WordsInput hidden label={t(`designer.${kind}N`, { n: at + 1 })} words={line.label} languages={languages} onChange={(next) => set(at, { label: next }, `${kind}:${line.code}`)} />
          <span className="row nowrap tools">
            <Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={t('designer.up')} disabled={at === 0} onClick={() => swap(at, -1)} />
            <Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={t('designer.down')} disabled={at === lines.length - 1} onClick={() => swap(at, 1)} />
            <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} disabled={lines.length === 1} onClick={() => give(lines.toSpliced(at, 1))} />
          </span>
          {line.code === OTHER && <span className="tiny soft">{t('designer.otherHow')}</span>}
          {exclusive && line.code !== OTHER && <Checkbox checked={line.exclusive ?? false} onChange={(event) => set(at, { exclusive: event.target.checked })}><span className="small">{t('designer.exclusive')}</span></Checkbox>}
          {aspects.length > 0 && <AutoComplete size="small" aria-label={t('designer.aspect')} placeholder={t('designer.aspectOf')} value={line.aspect ?? ''} options={aspects.map((value) => ({ value, label: t(`designer.aspects.${value}`) }))} onChange={(value: string) => set(at, { aspect: value || null }, `aspect:${line.code}`)} />}
        </div>
      ))}
      <div className="row">
        <Button size="small" icon={<PlusOutlined />} onClick={() => add({ code: freshCode(kind === 'row' ? 'r' : 'o', lines.map(({ code }) => code)), label: {} })}>{t(`designer.add_${kind}`)}</Button>
        {other && !hasOther && <Button size="small" onClick={() => add({ code: OTHER, label: words('other') })}>{t('designer.addOther')}</Button>}
        {exclusive && <Button size="small" onClick={() => add({ code: freshCode('none', lines.map(({ code }) => code)), label: words('none'), exclusive: true })}>{t('designer.addNone')}</Button>}
      </div>
    </div>
  )
}
