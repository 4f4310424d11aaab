import { Button, Form, Input, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../../api/client.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import type { Definition, Survey, Template } from '../../../api/surveys.ts'
import { useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { Preview } from '../designer/Preview.tsx'
import { Dialog } from '../../../components/Dialog.tsx'

/** The templates: what each is for, how long it takes, how it looks. */
export function Gallery() {
  const { t } = useTranslation()
  const say = useSay()
  const read = useRead<Listed<Template>>('/survey-templates')
  const [looked, setLooked] = useState<Template | null>(null)
  const [taken, setTaken] = useState<Template | null>(null)
  return (
    <Loaded read={read}>
      {({ items }) => (
        <>
          <ul className="templates">
            {items.map((one) => (
              <li key={one.id} className="panel">
                <h2>{say(one.name)}</h2>
                <p className="soft">{say(one.purpose)}</p>
                <span className="row"><span className="tag">{t('surveys.minutes', { n: one.minutes })}</span>{one.competitor && <span className="tag">{t('surveys.hasRival')}</span>}{one.anonymous && <span className="tag good">{t('surveys.anonymous')}</span>}</span>
                <span className="row"><Button type="primary" onClick={() => setTaken(one)}>{t('surveys.use')}<span className="hidden">{say(one.name)}</span></Button><Button onClick={() => setLooked(one)}>{t('surveys.look')}<span className="hidden">{say(one.name)}</span></Button></span>
              </li>
            ))}
          </ul>
          {looked && <Look template={looked} onUse={() => { setTaken(looked); setLooked(null) }} onClose={() => setLooked(null)} />}
          {taken && <Use template={taken} onClose={() => setTaken(null)} />}
        </>
      )}
    </Loaded>
  )
}

function Look({ template, onUse, onClose }: { template: Template; onUse: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const [rival, setRival] = useState(false)
  const read = useRead<Definition>(`/survey-templates/${template.id}`, { competitor: rival })
  return (
    <Dialog title={say(template.name)} onCancel={onClose} onOk={onUse} okText={t('surveys.use')} cancelText={t('common.close')} destroyOnHidden>
      <div className="stack">
        {template.competitor && <label className="row"><Switch checked={rival} onChange={setRival} />{t('surveys.withRival')}</label>}
        <Loaded read={read}>{(definition) => <Preview definition={definition} page={null} question={null} />}</Loaded>
      </div>
    </Dialog>
  )
}

type Given = { name: string; competitor: boolean }

function Use({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const go = useNavigate()
  const make = useWrite((given: Given) => api.post<Survey>(`/survey-templates/${template.id}`, given), { quiet: true, refresh: ['/surveys'], after: ({ id }) => void go(`/surveys/${id}`) })
  return (
    <FormDialog<Given> title={t('surveys.useTitle', { name: say(template.name) })} initial={{ name: say(template.name), competitor: false }} error={make.error} busy={make.isPending} submit={t('surveys.start')} onSubmit={(given) => make.mutate(given)} onClose={onClose}>
      <Form.Item name="name" label={t('surveys.name')} rules={[{ required: true, whitespace: true, message: t('import.nameNeeded') }]}><Input maxLength={120} /></Form.Item>
      {template.competitor && <Form.Item name="competitor" label={t('surveys.withRival')} extra={t('surveys.withRivalHow')} valuePropName="checked"><Switch /></Form.Item>}
    </FormDialog>
  )
}
