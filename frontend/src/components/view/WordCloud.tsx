import { useTranslation } from 'react-i18next'
import { count } from '../format.ts'
import type { ViewAnswer } from './answer.ts'

type Props = { words: NonNullable<ViewAnswer['words']>; label: string; onWord?: ((word: string) => void) | undefined }

/** Words whose area goes by the answers that hold them; each opens those answers. */
export function WordCloud({ words, label, onWord }: Props) {
  const { t } = useTranslation()
  return (
    <ul className="word-cloud" aria-label={label}>
      {words.map(({ word, n, size }, at) => {
        const said = t('view.wordIn', { word, n: count(n) })
        const style = { fontSize: size }
        return (
          <li key={word} className={at === 0 ? 'first' : undefined}>
            {onWord ? <button type="button" title={said} aria-label={said} style={style} onClick={() => onWord(word)}>{word}</button> : <span title={said} style={style}>{word}</span>}
          </li>
        )
      })}
    </ul>
  )
}
