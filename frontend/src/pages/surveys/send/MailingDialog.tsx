import { Form, Input, InputNumber, Select, type FormInstance } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import { CHANNELS, CONTACT_KINDS, OCCASIONS, type Mailing } from '../../../api/sending.ts'
import type { Survey } from '../../../api/surveys.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { AudienceCount } from './AudienceCount.tsx'
import { AudienceFields } from './AudienceFields.tsx'
import { MessageLook } from './MessageLook.tsx'
import { formOf, planOf, type Given } from './plans.ts'

type Props = { surveyId: string; mailing: Mailing | null; onClose: () => void }

/** One mailing: to whom, by what, when, with which words. */
export function MailingDialog({ surveyId, mailing, onClose }: Props) {
  const { t } = useTranslation()
  const path = `/surveys/${surveyId}/mailings`
  const save = useWrite(
    (given: Given) => {
      const body = { name: given.name, plan: planOf(given, mailing?.plan ?? undefined) }
      return mailing ? api.put<Mailing>(`/surveys/${surveyId}/mailings/${mailing.id}`, { ...body, revision: mailing.revision }) : api.post<Mailing>(path, body)
    },
    { refresh: [path], done: t('common.saved'), quiet: true, after: onClose },
  )
  return (
    <FormDialog<Given> title={t(mailing ? 'sending.edit' : 'sending.add')} initial={formOf(mailing)} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      {(form) => <Fields form={form} surveyId={surveyId} mailing={mailing} />}
    </FormDialog>
  )
}

type FieldsProps = { form: FormInstance<Given>; surveyId: string; mailing: Mailing | null }

function Fields({ form, surveyId, mailing }: FieldsProps) {
  const { t } = useTranslation()
  const needed = [{ required: true, message: t('sending.needed') }]
  const on = Form.useWatch('on', form)
  const plan = () => { const given = form.getFieldsValue(true) as Given; return given.dataset || given.on === 'event' ? planOf(given, mailing?.plan ?? undefined) : null }
  return (
    <>
      <Form.Item name="name" label={t('sending.name')} rules={needed}><Input maxLength={200} /></Form.Item>
      <Form.Item name="channel" label={t('sending.channel')}><Select disabled={mailing !== null} options={CHANNELS.map((value) => ({ value, label: t(`surveyChannel.${value}`) }))} /></Form.Item>
      <Form.Item name="on" label={t('sending.when')} extra={t(`sending.occasionsHow.${on ?? 'once'}`)}><Select options={OCCASIONS.map((value) => ({ value, label: t(`sending.occasions.${value}`) }))} /></Form.Item>
      {on === 'event' && <Form.Item name="event" label={t('sending.event')} rules={needed}><Input maxLength={60} /></Form.Item>}
      {on === 'wave' && <Form.Item name="groups" label={t('sending.groups')}><InputNumber min={1} max={366} /></Form.Item>}
      {(on === 'event' || on === 'rows') && <Form.Item name="hours" label={t('sending.delay')}><InputNumber min={0} max={8760} /></Form.Item>}
      {on !== 'event' && <AudienceFields form={form} surveyId={surveyId} />}
      {on !== 'event' && <AudienceCount surveyId={surveyId} mailingId={mailing?.id ?? null} plan={plan} />}
      <Form.Item name="kind" label={t('sending.kind')}><Select options={CONTACT_KINDS.map((value) => ({ value, label: t(`sending.kinds.${value}`) }))} /></Form.Item>
      <div className="row">
        <Form.Item name="from" label={t('sending.from')}><InputNumber min={0} max={23} /></Form.Item>
        <Form.Item name="to" label={t('sending.to')}><InputNumber min={1} max={24} /></Form.Item>
        <Form.Item name="reminders" label={t('sending.reminders')}><InputNumber min={0} max={3} /></Form.Item>
        <Form.Item name="after" label={t('sending.afterDays')}><InputNumber min={1} max={60} /></Form.Item>
      </div>
      <MessageFields form={form} surveyId={surveyId} />
      <MessageLook surveyId={surveyId} plan={plan} />
    </>
  )
}

function MessageFields({ form, surveyId }: { form: FormInstance<Given>; surveyId: string }) {
  const { t } = useTranslation()
  const channel = Form.useWatch('channel', form)
  const survey = useRead<Survey>(`/surveys/${surveyId}`)
  const languages = survey.data?.draft.languages ?? ['zh-CN']
  if (channel === 'link') return null
  return (
    <fieldset className="message">
      <legend>{t('sending.message')}</legend>
      <p className="small soft">{t('sending.messageHow', { open: '{{', close: '}}' })}</p>
      <Form.Item name="language" label={t('sending.language')}><Select allowClear options={languages.map((value) => ({ value, label: value === 'zh-CN' ? '中文' : value === 'en' ? 'English' : value }))} /></Form.Item>
      {languages.map((tag) => channel === 'sms' ? (
        <Form.Item key={tag} name={['sms', tag]} label={`${t('sending.sms')} ${tag}`}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      ) : (
        <div key={tag}>
          <Form.Item name={['subject', tag]} label={`${t('sending.subject')} ${tag}`}><Input maxLength={200} /></Form.Item>
          <Form.Item name={['body', tag]} label={`${t('sending.body')} ${tag}`}><Input.TextArea rows={4} maxLength={4000} /></Form.Item>
        </div>
      ))}
    </fieldset>
  )
}
