import { Alert, Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address, api } from '../../api/client.ts'
import type { RulesCheck, RulesVersion } from '../../api/metrics.ts'
import { useRead, useWrite, type Page as Listed } from '../../api/hooks.tsx'
import { useSay } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { FormDialog } from '../../components/FormDialog.tsx'
import { Loaded } from '../../components/Loaded.tsx'
import { ruledBy } from '../../components/Restated.tsx'
import { useAddress } from '../../components/useAddress.ts'

type Versions = Listed<RulesVersion> & { today: number }
type Text = RulesVersion & { text: string }

/** The metric rules as text, in versions that never change; page and file hold the same. */
export function Rules() {
  const [chosen, choose] = useAddress()
  const versions = useRead<Versions>('/metric-rules')
  const shown = chosen.get('version') ?? String(versions.data?.items[0]?.version ?? '')
  const read = useRead<Text>(`/metric-rules/${shown}`, undefined, { enabled: shown !== '' })
  return (
    <Loaded read={versions}>
      {({ items, today }) => <Loaded read={read} rows={12}>{(one) => <Editor key={one.version} one={one} versions={items} today={today} onChoose={(version) => choose({ version })} />}</Loaded>}
    </Loaded>
  )
}

type Props = { one: Text; versions: RulesVersion[]; today: number; onChoose: (version: string) => void }

function Editor({ one, versions, today, onChoose }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const may = useMay()
  const [text, setText] = useState(one.text)
  const [saving, setSaving] = useState(false)
  const check = useChecked(text, text !== one.text)
  const [newest] = useState(versions[0]?.version ?? one.version)  // what this text was begun on: a later one is somebody else's
  const options = versions.map(({ version, valid_from, note }) => ({ value: String(version), label: [ruledBy(t, { version, valid_from, note }), version === today && t('metrics.holds')].filter(Boolean).join(' · ') }))
  return (
    <section className="panel stack">
      <div className="row">
        <Select className="rules-version" value={String(one.version)} options={options} aria-label={t('versions.version')} onChange={onChoose} popupMatchSelectWidth={false} />
        <Button href={address(`/metric-rules/${String(one.version)}/file`)} download>{t('metrics.download')}</Button>
        <span className="soft small">{t('metrics.rulesHow')}</span>
      </div>
      <Input.TextArea className="mono rules-text" value={text} onChange={(event) => setText(event.target.value)} readOnly={!may('edit_metrics')} autoSize={{ minRows: 14, maxRows: 34 }} spellCheck={false} aria-label={t('metrics.rules')} />
      {check && !check.ok && <Alert type="error" showIcon title={check.line ? t('metrics.line', { line: check.line, sentence: say(check.sentence) }) : say(check.sentence)} />}
      {text !== one.text && (
        <div className="row">
          <Button type="primary" disabled={check === null || !check.ok} onClick={() => setSaving(true)}>{t('metrics.saveVersion', { version: newest + 1 })}</Button>
          <Button onClick={() => setText(one.text)}>{t('common.cancel')}</Button>
        </div>
      )}
      {saving && <SaveDialog text={text} base={newest} onClose={() => setSaving(false)} onSaved={(version) => onChoose(String(version))} />}
    </section>
  )
}

const TYPING_MS = 400

/** What the server says of a text, a moment after the last key. */
function useChecked(text: string, changed: boolean): RulesCheck | null {
  const [found, setFound] = useState<RulesCheck | null>(null)
  useEffect(() => {
    setFound(null)
    if (!changed) return undefined
    const timer = setTimeout(() => void api.post<RulesCheck>('/metric-rules/check', { text }).then(setFound), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, changed])
  return found
}

type Given = { note: string; valid_from: Dayjs }

function SaveDialog({ text, base, onClose, onSaved }: { text: string; base: number; onClose: () => void; onSaved: (version: number) => void }) {
  const { t } = useTranslation()
  const save = useWrite(
    ({ note, valid_from }: Given) => api.post<RulesVersion>('/metric-rules', { text, base_version: base, note: note ?? '', valid_from: valid_from.format('YYYY-MM-DD') }),
    { refresh: ['/metric-rules', '/metrics'], quiet: true, done: t('common.saved'), after: ({ version }) => { onSaved(version); onClose() } },
  )
  return (
    <FormDialog<Given> title={t('metrics.saveVersion', { version: base + 1 })} initial={{ valid_from: dayjs() }} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="note" label={t('metrics.note')} extra={t('metrics.noteHow')} rules={[{ required: true, whitespace: true, message: t('metrics.noteNeeded') }]}><Input /></Form.Item>
      <Form.Item name="valid_from" label={t('metrics.from')}><DatePicker allowClear={false} /></Form.Item>
    </FormDialog>
  )
}
