import { Alert, Button, Skeleton } from 'antd'
import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import type { Light, Voice } from '../../api/boards.ts'
import { useRead } from '../../api/hooks.tsx'
import { useLanguage, useSay, type Text } from '../../app/language.ts'
import { CallChip, sideOf } from '../../components/CallChip.tsx'
import type { Cell } from '../../components/cells.ts'
import { number } from '../../components/format.ts'
import { GeneratedTag } from '../../components/GeneratedTag.tsx'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'
import { When } from '../../components/When.tsx'
import { useDatasetNames } from './useDatasetNames.ts'

type Item = { board: string; board_name: Text; dataset: string | null; tile: string; title: Text; act: Text; cell: Cell; higher_is_better: boolean; light?: Light; when?: Text | null }
type Mention = { board: string; board_name: Text; tile: string; author: string; words: string; created_at: string }
type TodayPage = {
  since: string
  first: boolean
  boards: { id: string; name: Text }[]
  watched: number
  datasets: string[]
  changed: Item[]
  looked_at: number
  unsure: number
  silent: number
  numbers: number
  told: number
  stopped: number
  narrowed: boolean
  ended: { dataset: string; day: string }[]
  newest: { dataset: string; since: string; until: string }[]
  missed: Item[]
  voices: Voice[]
  heard: { board: string; tile: string } | null
  mentions: Mention[]
}

const FIRST_DAYS = 30

/** What I should do today: by the boards I keep an eye on. */
export function Today() {
  const { t } = useTranslation()
  const language = useLanguage()
  const read = useRead<TodayPage>('/home/today', { lang: language === 'en' ? 'en' : 'zh' })
  const there = read.isSuccess
  // A visit that cannot be noted is noted with the next one.
  useEffect(() => { if (there) api.post('/home/visit').catch(() => undefined) }, [there])
  if (read.isError) return <Alert type="warning" showIcon title={read.error.say(language)} />
  return (
    <section className="panel stack today" aria-label={t('home.today')}>
      <h2>{t('home.today')} <GeneratedTag datasets={read.data?.datasets ?? []} /></h2>
      {read.data ? <Shown page={read.data} /> : <Skeleton active title={false} paragraph={{ rows: 5 }} />}
    </section>
  )
}

function Shown({ page }: { page: TodayPage }) {
  const { t } = useTranslation()
  if (page.boards.length === 0) return <div className="stack tight"><p className="soft">{t('home.noBoards')}</p><Link to="/boards"><Button>{t('home.chooseBoard')}</Button></Link></div>
  return (
    <>
      <Boards boards={page.boards} watched={page.watched} />
      {page.mentions.length > 0 && <Mentions mentions={page.mentions} />}
      {page.told === 0 ? <p>{t(emptyWords(page), { n: page.stopped })}</p> : <Missed page={page} />}
      {(page.told > 0 || page.looked_at > 0) && <Changed page={page} />}
      {page.voices.length > 0 && <Read voices={page.voices} heard={page.heard} />}
    </>
  )
}

/** Why there is nothing to see: not that all were well. */
function emptyWords({ numbers, stopped, narrowed }: TodayPage): 'home.noTiles' | 'home.stopped' | 'home.noneForYou' | 'home.noNumbers' {
  if (numbers === 0) return 'home.noTiles'
  if (stopped > 0) return 'home.stopped'
  return narrowed ? 'home.noneForYou' : 'home.noNumbers'
}

function Missed({ page }: { page: TodayPage }) {
  const { t } = useTranslation()
  return (
    <div className="stack tight">
      <h3>{t('home.missed')}</h3>
      {page.missed.length === 0 ? <p className="soft">{t('home.noneMissed')}</p> : <List items={page.missed} page={page} />}
      {page.stopped > 0 && <p className="soft">{t('home.stopped', { n: page.stopped })}</p>}
    </div>
  )
}

function Changed({ page }: { page: TodayPage }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="stack tight">
      <h3>{t('home.changed')}</h3>
      <p className="tiny soft">{page.first ? t('home.todayFirst', { n: FIRST_DAYS }) : t('home.todaySince', { day: page.since })}</p>
      <Newest page={page} />
      {page.changed.length > 0 && <List items={page.changed} page={page} />}
      <p className="soft">{told(page, t).join(language === 'en' ? ' ' : '')}</p>
    </div>
  )
}

/** Of how many numbers the list speaks, and what cannot be said of the others. */
function told(page: TodayPage, t: TFunction): string[] {
  const { looked_at, unsure, silent, changed } = page
  if (looked_at === 0) return [t('home.nothingToAsk')]
  const few = unsure === looked_at ? t('home.unsureAll') : t('home.unsure', { n: unsure })
  return [
    changed.length === 0 ? t('home.nothingChanged', { n: looked_at }) : t('home.lookedAt', { n: looked_at }),
    unsure > 0 ? few : '',
    silent > 0 ? t('home.silent', { n: silent }) : '',
  ].filter(Boolean)
}

function Boards({ boards, watched }: { boards: TodayPage['boards']; watched: number }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <div className="row">
      <span className="tiny soft">{t('home.watching')}</span>
      {boards.slice(0, watched).map(({ id, name }) => <Link key={id} to={`/boards/${id}`}><Button size="small">{say(name)}</Button></Link>)}
      {boards.length > watched && <Link className="small" to="/boards">{t('home.otherBoards', { count: boards.length - watched })}</Link>}
    </div>
  )
}

/** Which datasets are looked at by their own newest days, since none of their answers is newer; which end before the days looked at. */
function Newest({ page }: { page: TodayPage }) {
  const { t } = useTranslation()
  const names = useDatasetNames()
  const language = useLanguage()
  const spans = new Map<string, string[]>()
  for (const { dataset, since, until } of page.newest) {
    const days = `${since} – ${until}`
    spans.set(days, [...(spans.get(days) ?? []), names.get(dataset) ?? ''])
  }
  const ended = page.ended.map(({ dataset, day }) => t('home.ended', { name: names.get(dataset) ?? '', day }))
  const each = [...spans].map(([days, all]) => t(page.first ? 'home.newestFirst' : 'home.newest', { names: [...new Set(all)].join(language === 'en' ? ', ' : '、'), days }))
  const said = [...each, ...ended]
  return said.length === 0 ? null : <ul className="today-newest tiny soft">{said.map((words) => <li key={words}>{words}</li>)}</ul>
}

function List({ items, page }: { items: Item[]; page: TodayPage }) {
  return <ul className="today-list">{items.map((item) => <li key={`${item.board}${item.tile}`}><One item={item} several={page.watched > 1} /></li>)}</ul>
}

function One({ item, several }: { item: Item; several: boolean }) {
  const { t } = useTranslation()
  const say = useSay()
  const names = useDatasetNames()
  const place = [several ? say(item.board_name) : '', item.dataset ? names.get(item.dataset) : ''].filter(Boolean).join(' · ')
  return (
    <>
      <div className="row far">
        <span><Link to={`/boards/${item.board}#tile-${item.tile}`}>{say(item.title)}</Link> <span className="tiny soft">{place}</span></span>
        <NumberWithInterval cell={item.cell} />
      </div>
      <div className="row">
        {item.light && <span className="chip bad"><span aria-hidden="true">✗</span> {t('view.attainment.missed', { goal: number(item.light.goal, item.cell.unit) })}</span>}
        <CallChip comparison={item.cell.comparison} unit={item.cell.unit} counted={item.cell.counted} higherIsBetter={item.higher_is_better} />
        <span className="tiny soft">{[say(item.when), item.cell.comparison && t('call.against', { side: sideOf(item.cell.comparison, item.cell.by, t) })].filter(Boolean).join(t('common.comma'))}</span>
      </div>
      {say(item.act) && <p className="small">{say(item.act)}</p>}
    </>
  )
}

function Mentions({ mentions }: { mentions: Mention[] }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <div className="stack tight">
      <h3>{t('home.mentions')}</h3>
      <ul className="today-list">
        {mentions.map((one) => <li key={one.created_at}><Link to={`/boards/${one.board}?talk=${one.tile}`}>{say(one.board_name)}</Link><p>{one.words}</p><span className="tiny soft">{one.author} · <When at={one.created_at} /></span></li>)}
      </ul>
    </div>
  )
}

function Read({ voices, heard }: { voices: Voice[]; heard: TodayPage['heard'] }) {
  const { t } = useTranslation()
  return (
    <div className="stack tight">
      <div className="row far"><h3>{t('home.voices', { n: voices.length })}</h3>{heard && <Link className="small" to={`/boards/${heard.board}#tile-${heard.tile}`}>{t('home.onTheBoard')}</Link>}</div>
      <div className="today-voices">
        {voices.map((voice) => <blockquote key={voice.text}>{voice.text} <span className="tiny soft">{[voice.rating === null ? '' : t('why.rated', { rating: voice.rating }), ...Object.values(voice.by)].filter(Boolean).join(' · ')}</span></blockquote>)}
      </div>
    </div>
  )
}
