import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Words } from '../../../api/surveys.ts'
import { tongue } from '../tongues.ts'

type Props = {
  label: string
  words: Words | undefined
  languages: readonly string[]
  onChange: (words: Words) => void
  fields?: readonly string[]
  rows?: number
  hidden?: boolean
}

/** The same words in each language, side by side; facts of the customer are put in by a button. */
export function WordsInput({ label, words = {}, languages, onChange, fields = [], rows = 1, hidden = false }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const put = (tag: string, said: string) => onChange(Object.fromEntries(Object.entries({ ...words, [tag]: said }).filter(([, one]) => one !== '')))
  const several = languages.length > 1
  return (
    <div className="words" role="group" aria-labelledby={id}>
      <div className="row far"><span id={id} className={hidden ? 'hidden' : 'small soft'}>{label}</span>
        {fields.length > 0 && (
          <Dropdown trigger={['click']} menu={{ items: fields.map((field) => ({ key: field, label: field, onClick: () => onChange(Object.fromEntries(languages.map((tag) => [tag, `${words[tag] ?? ''}{{${field}}}`]))) })) }}>
            <Button type="text" size="small" icon={<PlusOutlined />}>{t('designer.insertField')}</Button>
          </Dropdown>
        )}
      </div>
      <div className="words-side">
        {languages.map((tag) => (
          <label key={tag}>
            {several && <span className="tiny soft">{tongue(tag)}</span>}
            <Input.TextArea autoSize={{ minRows: rows, maxRows: 8 }} value={words[tag] ?? ''} maxLength={4000} lang={tag} aria-label={several ? `${label} ${tongue(tag)}` : label} onChange={(event) => put(tag, event.target.value)} />
          </label>
        ))}
      </div>
    </div>
  )
}
