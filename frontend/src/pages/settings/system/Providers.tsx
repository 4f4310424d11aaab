import { Alert, Button, Form, Input, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useLanguage, useSay, type Text } from '../../../app/language.ts'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'

type Field = { key: string; text: Text; secret: boolean; required: boolean; switch: boolean; default: string; value: string | null; kept: boolean }
type Provider = { id: string; title: Text; kind: string; enabled: boolean; callback: string; fields: Field[]; revision: number }
type Given = { enabled: boolean; fields: Record<string, string | boolean | undefined> }

/** Ways of signing in beside the password. */
export function Providers() {
  const { t } = useTranslation()
  const say = useSay()
  const read = useRead<Listed<Provider>>('/settings/sign-in')
  const [edited, setEdited] = useState<Provider | null>(null)
  const providers = read.data?.items ?? []
  if (providers.length === 0) return null
  return (
    <section>
      <h2 className="spaced">{t('providers.title')}</h2>
      <ul className="panel settings-list">
        {providers.map((provider) => (
          <li key={provider.id}>
            <span className="row">{say(provider.title)}<span className={`tag ${provider.enabled ? 'good' : ''}`}>{t(provider.enabled ? 'providers.on' : 'providers.off')}</span></span>
            <Button onClick={() => setEdited(provider)}>{t('providers.setUp')}</Button>
          </li>
        ))}
      </ul>
      {edited && <ProviderDialog provider={edited} onClose={() => setEdited(null)} />}
    </section>
  )
}

/** How the server writes a switch that is on. */
const ON = 'yes'

/** A secret that is left empty stays as it was. */
function body({ enabled, fields }: Given, provider: Provider) {
  const given = provider.fields.flatMap(({ key, secret }) => {
    const value = fields[key]
    if (secret && !value) return []
    return [[key, typeof value === 'boolean' ? (value ? ON : '') : (value ?? '')]]
  })
  return { enabled, fields: Object.fromEntries(given) as Record<string, string>, revision: provider.revision }
}

function ProviderDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const save = useWrite((given: Given) => api.put(`/settings/sign-in/${provider.id}`, body(given, provider)), { refresh: ['/settings', '/sign-in'], quiet: true, done: t('common.saved'), after: onClose })
  const fields = Object.fromEntries(provider.fields.map((field) => [field.key, field.switch ? (field.value || field.default) === ON : (field.value ?? '')]))
  const callback = `${location.origin}${provider.callback}`
  return (
    <FormDialog<Given> title={say(provider.title)} initial={{ enabled: provider.enabled, fields }} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      {(form) => (
        <>
          <Form.Item name="enabled" label={t('providers.use')} valuePropName="checked"><Switch /></Form.Item>
          {provider.kind === 'redirect' && (
            <Form.Item label={t('providers.callback')} extra={t('providers.callbackHow')}>
              <span className="row nowrap"><Input className="mono" readOnly value={callback} aria-label={t('providers.callback')} /><CopyButton words={callback} aria-label={t('common.copy')} /></span>
            </Form.Item>
          )}
          {provider.fields.map((field) => (
            <Form.Item key={field.key} name={['fields', field.key]} label={say(field.text)} extra={field.kept && field.secret ? t('providers.kept') : undefined} valuePropName={field.switch ? 'checked' : 'value'}>
              {field.switch ? <Switch /> : field.secret ? <Input.Password autoComplete="new-password" /> : <Input placeholder={field.default} />}
            </Form.Item>
          ))}
          <Trial provider={provider} given={() => form.getFieldsValue()} />
        </>
      )}
    </FormDialog>
  )
}

/** Try what stands in the form before it is kept: is it reached, does it accept us. */
function Trial({ provider, given }: { provider: Provider; given: () => Given }) {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const attempt = useWrite(() => api.post<{ sentence: Text }>(`/settings/sign-in/${provider.id}/try`, { fields: body(given(), provider).fields }), { quiet: true })
  return (
    <div className="stack tight" aria-live="polite">
      <div><Button loading={attempt.isPending} onClick={() => attempt.mutate(undefined)}>{t('providers.try')}</Button></div>
      {attempt.isSuccess && <Alert type="success" showIcon title={say(attempt.data.sentence)} />}
      {attempt.isError && <Alert type="warning" showIcon title={attempt.error.say(language)} />}
    </div>
  )
}
