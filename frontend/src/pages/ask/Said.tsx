import { useTranslation } from 'react-i18next'
import { useSay } from '../../app/language.ts'
import type { Concerned } from '../../components/concerns.ts'
import { count } from '../../components/format.ts'
import { Voices } from './Analyses.tsx'
import type { Answered } from './result.ts'

type Voiced = NonNullable<Answered['voices']>
type Props = { voices: Voiced; concerns: Concerned | undefined }

/** What customers said, under what it concerns: the question answered where there are several, else the aspect called worst. */
export function Said({ voices, concerns }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  if (!concerns || concerns.items.length === 0) return <Voices voices={voices} />
  const way = concerns.items.some(({ about }) => about === 'question') ? 'question' : 'aspect'
  const own = concerns.items.filter(({ about }) => about === way)
  const headOf = ({ column, about }: Voiced[number]) => (way === 'question' ? column : about?.[0] ?? null)
  const others = voices.filter((voice) => !own.some(({ column }) => column === headOf(voice)))
  return (
    <div className="stack">
      <p className="small soft">
        {t(`voices.${way}`, { n: count(concerns.written) })}{own.map(({ label, column, n }) => `${say(label) || column} ${count(n)}`).join(' · ')}
        {concerns.sampled && ` (${t('voices.sampled')})`}
      </p>
      {own.map(({ column, label, n }) => {
        const here = voices.filter((voice) => headOf(voice) === column)
        return here.length > 0 && <Group key={column} head={t(way === 'question' ? 'voices.headQuestion' : 'voices.head', { name: say(label) || column, n: count(n) })} voices={here} />
      })}
      {others.length > 0 && (others.length < voices.length ? <Group head={t('voices.others')} voices={others} /> : <Voices voices={others} />)}
    </div>
  )
}

function Group({ head, voices }: { head: string; voices: Voiced }) {
  return <section className="stack tight"><h3>{head}</h3><Voices voices={voices} /></section>
}
