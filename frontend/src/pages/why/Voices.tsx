import { useTranslation } from 'react-i18next'
import type { Voice, Why } from '../../api/why.ts'
import { useSay } from '../../app/language.ts'

/** What people said in the groups that really stand out, or everybody where none does; in each, by the aspect that they call worst. */
export function Voices({ why }: { why: Why }) {
  const { t } = useTranslation()
  const say = useSay()
  if (why.voices.length === 0) return null
  return (
    <section className="panel stack">
      <h2>{why.gap ? t('why.gap.voices', { rival: say(why.gap.rival) }) : t('why.voices')}</h2>
      {[...grouped(why.voices, ({ value }) => value)].map(([value, voices]) => (
        <div key={value} className="stack tight">
          {!why.gap && <h3>{value || t('why.everybody')}</h3>}
          <ByConcern voices={voices} />
        </div>
      ))}
    </section>
  )
}

function ByConcern({ voices }: { voices: Voice[] }) {
  const { t } = useTranslation()
  const say = useSay()
  const found = grouped(voices, ({ concern }) => (concern ? say(concern) : ''))
  const heads = [...found.keys()].filter(Boolean)
  const heard = [...heads, ...(found.has('') ? [''] : [])] // who calls nothing bad stands last
  return heard.map((name) => (
    <div key={name} className="stack tight">
      {heads.length > 0 && <p className="small soft">{name ? t('why.concerns', { name }) : t('why.concernsNone')}</p>}
      {found.get(name)?.map((voice) => <blockquote key={voice.text} className="why-voice">{voice.text}{voice.rating !== null && <span className="tag">{t('why.rated', { rating: voice.rating })}</span>}</blockquote>)}
    </div>
  ))
}

function grouped(voices: readonly Voice[], by: (voice: Voice) => string): Map<string, Voice[]> {
  const found = new Map<string, Voice[]>()
  for (const voice of voices) found.set(by(voice), [...(found.get(by(voice)) ?? []), voice])
  return found
}
