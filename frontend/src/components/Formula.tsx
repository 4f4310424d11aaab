import { useTranslation } from 'react-i18next'
import { useSay, type Text } from '../app/language.ts'
import './number.css'

/** What a number counts, in sight below it; a long one is cut, all of it stands in what the number opens. */
export function Formula({ words }: { words: Text }) {
  const { t } = useTranslation()
  const said = useSay()(words)
  return <p className="formula tiny soft" title={said}>{t('number.formula', { formula: said })}</p>
}
