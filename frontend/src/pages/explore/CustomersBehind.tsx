import { Alert, Button, Form, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import type { CustomerRow } from '../../api/customers.ts'
import { useWrite } from '../../api/hooks.tsx'
import { useLanguage, useSay, type Text } from '../../app/language.ts'
import type { Cell } from '../../components/cells.ts'
import { Downloads } from '../../components/Downloads.tsx'
import { count } from '../../components/format.ts'
import type { ViewAnswer } from '../../components/view/answer.ts'
import { maskedName } from '../../components/who.ts'

type Way = { channel: string; words: Text; eligible: number; excluded: { reason: string; words: Text; n: number }[] }
type Listed = { items: CustomerRow[]; total: number; purpose: string; ways: Way[] }

const SHOWN = 10

/** A list of the customers behind a mark: first what for; then how many, and how many may be written to. */
export function CustomersBehind({ answer, cell, counted = false, word }: { answer: ViewAnswer; cell: Cell; counted?: boolean; word?: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [purpose, setPurpose] = useState('')
  const field = useId()
  const body = { view: answer.view, metric: cell.metric, by: cell.by, ...(word ? { word } : {}), ...(counted ? { counted } : {}) }
  const make = useWrite((given: string) => api.post<Listed>('/views/customers', { ...body, purpose: given }), { quiet: true })
  return (
    <div className="behind">
      <Form layout="inline" onFinish={() => make.mutate(purpose.trim())}>
        <Form.Item label={t('explore.purpose')} htmlFor={field} style={{ flex: 1 }}><Input id={field} value={purpose} maxLength={200} placeholder={t('explore.purposeSuch')} onChange={({ target }) => setPurpose(target.value)} /></Form.Item>
        <Button htmlType="submit" type="primary" disabled={!purpose.trim()} loading={make.isPending}>{t('explore.makeList')}</Button>
      </Form>
      <p className="tiny soft">{t('explore.purposeHow')}</p>
      {make.isError && <Alert type="warning" showIcon title={make.error.say(language)} />}
      {make.data && <Made listed={make.data} body={{ ...body, purpose: make.data.purpose }} />}
    </div>
  )
}

function Made({ listed, body }: { listed: Listed; body: object }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <>
      <p>{t('explore.listed', { n: count(listed.total) })}</p>
      <ul className="small">
        {listed.ways.map((way) => (
          <li key={way.channel}>{say(way.words)}{t('common.colon')}{t('explore.eligible', { n: count(way.eligible) })}{way.excluded.length > 0 && ` · ${way.excluded.map(({ words, n }) => `${say(words)} ${count(n)}`).join(t('common.list'))}`}</li>
        ))}
      </ul>
      <p className="small">{listed.items.slice(0, SHOWN).map((row, at) => <span key={row.id}>{at > 0 && t('common.list')}<Link to={`/customers/${row.id}`}>{maskedName(row)}</Link></span>)}{listed.total > SHOWN && ' …'}</p>
      <div className="row"><Downloads path="/views/customers" body={body} name="customers" /></div>
    </>
  )
}

