import { useTranslation } from 'react-i18next'
import type { Voice, Why } from '../../api/why.ts'

/** What people said in the groups that really stand out, or everybody where none does. */
export function Voices({ why }: { why: Why }) {
  const { t } = useTranslation()
  if (why.voices.length === 0) return null
  const groups = new Map<string, Voice[]>()
  for (const voice of why.voices) groups.set(voice.value, [...(groups.get(voice.value) ?? []), voice])
  return (
    <section className="panel stack">
      <h2>{t('why.voices')}</h2>
      {[...groups].map(([value, voices]) => (
        <div key={value} className="stack tight">
          <h3>{value || t('why.everybody')}</h3>
          {voices.map((voice) => <blockquote key={voice.text} className="why-voice">{voice.text}{voice.rating !== null && <span className="tag">{t('why.rated', { rating: voice.rating })}</span>}</blockquote>)}
        </div>
      ))}
    </section>
  )
}
