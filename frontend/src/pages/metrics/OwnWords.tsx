import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRead, useWrite, type Page as Listed } from '../../api/hooks.tsx'
import { useLanguage } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { Loaded } from '../../components/Loaded.tsx'

type Word = { word: string; means: string }
type Words = { version: number; entries: Word[]; created_by: string | null; created_at: string | null }

/** The company's own words for asking, one a line: 战区 = 大区. */
export function OwnWords() {
  const { t } = useTranslation()
  const may = useMay()
  const read = useRead<Words>('/ask/words', undefined, { enabled: may('edit_metrics') })
  if (!may('edit_metrics')) return <p className="soft">{t('ownWords.notYours')}</p>
  return <Loaded read={read} rows={6}>{(found) => <Lines key={found.version} found={found} />}</Loaded>
}

const written = (entries: Word[]) => entries.map(({ word, means }) => `${word} = ${means}`).join('\n')

/** A line parts at its first =, so that a meaning may be 门店=上海陆家嘴店. */
function parted(text: string): { entries: Word[]; bad: string | null } {
  const lines = text.split('\n').map((line) => line.replaceAll('＝', '=').trim()).filter(Boolean)
  const one = (line: string): Word => ({ word: line.slice(0, Math.max(line.indexOf('='), 0)).trim(), means: line.slice(line.indexOf('=') + 1).trim() })
  return { entries: lines.map(one), bad: lines.find((line) => !one(line).word || !one(line).means) ?? null }
}

function Lines({ found }: { found: Words }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [text, setText] = useState(written(found.entries))
  const { entries, bad } = parted(text)
  const save = useWrite(() => api.put<Words>('/ask/words', { version: found.version, entries }), {
    refresh: ['/ask/words', '/ask/words/versions'], quiet: true, done: t('common.saved'),
  })
  const versions = useRead<Listed<Words>>('/ask/words/versions')
  const changed = written(entries) !== written(found.entries)
  return (
    <section className="panel stack" aria-label={t('ownWords.title')}>
      <p className="soft">{t('ownWords.how')}</p>
      <Input.TextArea value={text} autoSize={{ minRows: 6, maxRows: 20 }} placeholder={t('ownWords.example')} aria-label={t('ownWords.title')} onChange={(event) => setText(event.target.value)} />
      {bad && <Alert type="warning" showIcon title={t('ownWords.bad', { line: bad })} />}
      {save.error && <Alert type="error" showIcon title={save.error.say(language)} />}
      <div className="row far">
        <Button type="primary" disabled={!changed || bad !== null} loading={save.isPending} onClick={() => save.mutate(undefined)}>{t('common.save')}</Button>
        {found.version > 0 && <span className="tiny soft">{t('ownWords.version', { n: found.version, who: found.created_by ?? '—' })}</span>}
      </div>
      {(versions.data?.items.length ?? 0) > 1 && (
        <details>
          <summary>{t('ownWords.before')}</summary>
          <ul>{versions.data?.items.slice(1).map((one) => <li key={one.version}><Button type="link" onClick={() => setText(written(one.entries))}>{t('ownWords.takeBack', { n: one.version, who: one.created_by ?? '—' })}</Button></li>)}</ul>
        </details>
      )}
    </section>
  )
}
