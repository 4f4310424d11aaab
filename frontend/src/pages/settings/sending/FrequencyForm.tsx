import { Button, Checkbox, Form, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import type { Frequency } from '../../../api/sending.ts'
import { Loaded } from '../../../components/Loaded.tsx'

type Given = { most: number; days: number; reminders: boolean }

/** The one rule of the company; limits of single kinds of contact are kept as they are. */
export function FrequencyForm() {
  const { t } = useTranslation()
  const read = useRead<Frequency>('/sending/frequency')
  return (
    <section className="panel stack tight" aria-label={t('sending.settings.frequency')}>
      <h2>{t('sending.settings.frequency')}</h2>
      <p className="small soft">{t('sending.settings.frequencyHow')}</p>
      <Loaded read={read} rows={2}>{(found) => <Rule key={found.revision} found={found} />}</Loaded>
    </section>
  )
}

function Rule({ found }: { found: Frequency }) {
  const { t } = useTranslation()
  const all = found.limits.find(({ kind }) => kind === null) ?? { most: 1, days: 30 }
  const others = found.limits.filter(({ kind }) => kind !== null)
  const save = useWrite(
    ({ most, days, reminders }: Given) => api.put<Frequency>('/sending/frequency', { rule: { limits: [{ most, days }, ...others], reminders }, revision: found.revision }),
    { refresh: ['/sending/frequency'], done: t('common.saved') },
  )
  return (
    <Form<Given> layout="inline" initialValues={{ most: all.most, days: all.days, reminders: found.reminders }} onFinish={(given) => save.mutate(given)}>
      <Form.Item name="most" label={t('sending.settings.most')}><InputNumber min={0} max={1000} /></Form.Item>
      <Form.Item name="days" label={t('sending.settings.days')}><InputNumber min={1} max={3650} /></Form.Item>
      <Form.Item name="reminders" valuePropName="checked"><Checkbox>{t('sending.settings.countReminders')}</Checkbox></Form.Item>
      <Button htmlType="submit" loading={save.isPending}>{t('common.save')}</Button>
    </Form>
  )
}
