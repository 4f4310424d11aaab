import { Button, Input, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Setting } from '../../../api/people.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { Model } from './Model.tsx'
import { Providers } from './Providers.tsx'
import './system.css'

/** Settings of the installation; each change is in the audit log and can be taken back. */
export function Page() {
  const { t } = useTranslation()
  const read = useRead<Listed<Setting>>('/settings')
  return (
    <>
      <PageHead title={t('system.title')} lead={t('system.lead')} />
      <Loaded read={read}>
        {({ items }) => <ul className="panel settings-list">{items.map((setting) => <Line key={`${setting.key}${String(setting.revision)}`} setting={setting} />)}</ul>}
      </Loaded>
      <Model />
      <Providers />
    </>
  )
}

function Line({ setting }: { setting: Setting }) {
  const { t } = useTranslation()
  const say = useSay()
  const put = (value: Setting['value'], revision: number) => api.put<Setting>(`/settings/${setting.key}`, { value, revision })
  const save = useWrite((value: Setting['value']) => put(value, setting.revision), {
    refresh: ['/settings'], done: t('common.saved'), undo: ({ revision }) => put(setting.value, revision),
  })
  return (
    <li>
      <label htmlFor={setting.key}>{say(setting.text)}<span className="tiny soft">{t('system.usual', { value: usual(setting.default, t('common.yes'), t('common.no')) })}</span></label>
      {typeof setting.default === 'boolean' ? (
        <Switch id={setting.key} checked={Boolean(setting.value)} loading={save.isPending} onChange={(value) => save.mutate(value)} />
      ) : (
        <Typed setting={setting} busy={save.isPending} onSave={(value) => save.mutate(value)} />
      )}
    </li>
  )
}

const usual = (value: Setting['default'], yes: string, no: string): string => (typeof value === 'boolean' ? (value ? yes : no) : String(value ?? '') || '—')

function Typed({ setting, busy, onSave }: { setting: Setting; busy: boolean; onSave: (value: Setting['value']) => void }) {
  const { t } = useTranslation()
  const [value, setValue] = useState(setting.value)
  const number = typeof setting.default === 'number'
  return (
    <span className="row nowrap">
      {number ? (
        <InputNumber id={setting.key} value={Number(value)} min={setting.least ?? undefined} max={setting.most ?? undefined} onChange={(next) => setValue(next)} />
      ) : (
        <Input id={setting.key} value={String(value ?? '')} onChange={(event) => setValue(event.target.value)} />
      )}
      {value !== setting.value && value !== null && <Button type="primary" loading={busy} onClick={() => onSave(value)}>{t('common.save')}</Button>}
    </span>
  )
}
