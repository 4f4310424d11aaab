import { Alert, Button, Skeleton } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import type { Light, Voice } from '../../api/boards.ts'
import { useRead } from '../../api/hooks.tsx'
import { useLanguage, useSay, type Text } from '../../app/language.ts'
import { CallChip } from '../../components/CallChip.tsx'
import type { Cell } from '../../components/cells.ts'
import { number } from '../../components/format.ts'
import { GeneratedTag } from '../../components/GeneratedTag.tsx'
import { NumberWithInterval } from '../../components/NumberWithInterval.tsx'
import { When } from '../../components/When.tsx'

type Item = { board: string; tile: string; title: Text; act: Text; cell: Cell; higher_is_better?: boolean; light?: Light }
type Mention = { board: string; board_name: Text; tile: string; author: string; words: string; created_at: string }
type TodayPage = {
  since: string
  first: boolean
  boards: { id: string; name: Text }[]
  datasets: string[]
  changed: Item[]
  looked_at: number
  missed: Item[]
  voices: Voice[]
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
      <Boards boards={page.boards} />
      {page.mentions.length > 0 && <Mentions mentions={page.mentions} />}
      <div className="stack tight">
        <h3>{t('home.missed')}</h3>
        {page.missed.length === 0 ? <p className="soft">{t('home.noneMissed')}</p> : <List items={page.missed} />}
      </div>
      <div className="stack tight">
        <h3>{t('home.changed')}</h3>
        <p className="tiny soft">{page.first ? t('home.todayFirst', { n: FIRST_DAYS }) : t('home.todaySince', { day: page.since })}</p>
        {page.changed.length > 0 ? <List items={page.changed} /> : <p className="soft">{page.looked_at > 0 ? t('home.nothingChanged', { n: page.looked_at }) : t('home.nothingToAsk')}</p>}
      </div>
      {page.voices.length > 0 && <Read voices={page.voices} />}
    </>
  )
}

function Boards({ boards }: { boards: TodayPage['boards'] }) {
  const say = useSay()
  return <div className="row">{boards.slice(0, 6).map(({ id, name }) => <Link key={id} to={`/boards/${id}`}><Button size="small">{say(name)}</Button></Link>)}</div>
}

function List({ items }: { items: Item[] }) {
  return <ul className="today-list">{items.map((item) => <li key={`${item.board}${item.tile}`}><One item={item} /></li>)}</ul>
}

function One({ item }: { item: Item }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <>
      <div className="row far">
        <Link to={`/boards/${item.board}#tile-${item.tile}`}>{say(item.title)}</Link>
        <NumberWithInterval cell={item.cell} />
      </div>
      <div className="row">
        {item.light && <span className="chip bad"><span aria-hidden="true">✗</span> {t('view.attainment.missed', { goal: number(item.light.goal, item.cell.unit) })}</span>}
        <CallChip comparison={item.cell.comparison} unit={item.cell.unit} higherIsBetter={item.higher_is_better ?? true} />
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
        {mentions.map((one) => <li key={one.created_at}><Link to={`/boards/${one.board}`}>{say(one.board_name)}</Link><p>{one.words}</p><span className="tiny soft">{one.author} · <When at={one.created_at} /></span></li>)}
      </ul>
    </div>
  )
}

function Read({ voices }: { voices: Voice[] }) {
  const { t } = useTranslation()
  return (
    <div className="stack tight">
      <h3>{t('home.voices')}</h3>
      <div className="today-voices">
        {voices.map((voice) => <blockquote key={voice.text}>{voice.text} <span className="tiny soft">{[voice.rating === null ? '' : t('why.rated', { rating: voice.rating }), ...Object.values(voice.by)].filter(Boolean).join(' · ')}</span></blockquote>)}
      </div>
    </div>
  )
}
