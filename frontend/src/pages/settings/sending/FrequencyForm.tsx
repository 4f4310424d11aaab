import { Button, Checkbox, Form, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useRead, useWrite } from '../../../api/hooks.tsx'
import { CONTACT_KINDS, type ContactKind, type Frequency } from '../../../api/sending.ts'
import { useMay } from '../../../app/me.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import './sending.css'

type Room = { most?: number | null; days?: number | null }
type Given = { all: { most: number; days: number }; kinds: Record<ContactKind, Room>; reminders: boolean }

const MONTH = 30

/** The one rule of the company: for all contacts together, and where wanted for one kind of them. */
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
  const sets = useMay()('manage_settings')
  const save = useWrite((given: Given) => api.put<Frequency>('/sending/frequency', { rule: ruleOf(given, found), revision: found.revision }), {
    refresh: ['/sending/frequency'], done: t('common.saved'),
  })
  return (
    <Form<Given> disabled={!sets} requiredMark={false} initialValues={givenOf(found)} onFinish={(given) => save.mutate(given)}>
      <Line label={t('sending.settings.allKinds')} name={['all']} needed />
      {CONTACT_KINDS.map((kind) => <Line key={kind} label={t(`sending.kinds.${kind}`)} name={['kinds', kind]} />)}
      <p className="small soft">{t('sending.settings.kindsHow')}</p>
      <Form.Item name="reminders" valuePropName="checked"><Checkbox>{t('sending.settings.countReminders')}</Checkbox></Form.Item>
      {sets && <Button htmlType="submit" loading={save.isPending}>{t('common.save')}</Button>}
    </Form>
  )
}

/** So often within so many days; of a kind without its own number only the total holds. */
function Line({ label, name, needed = false }: { label: string; name: string[]; needed?: boolean }) {
  const { t } = useTranslation()
  const most: unknown = Form.useWatch([...name, 'most'], Form.useFormInstance())
  const rules = [{ required: needed || typeof most === 'number', message: t('sending.needed') }]
  return (
    <div className="row frequency" role="group" aria-label={label}>
      <span className="frequency-of">{label}</span>
      <Form.Item name={[...name, 'most']} label={t('sending.settings.most')} rules={needed ? rules : []}><InputNumber min={0} max={1000} placeholder={needed ? '' : t('designer.noLimit')} /></Form.Item>
      <Form.Item name={[...name, 'days']} label={t('sending.settings.days')} rules={rules}><InputNumber min={1} max={3650} /></Form.Item>
    </div>
  )
}

const firstOf = ({ limits }: Frequency, kind: ContactKind | null) => limits.find((one) => one.kind === kind)

function givenOf(found: Frequency): Given {
  const kinds = Object.fromEntries(CONTACT_KINDS.map((kind) => [kind, { days: MONTH, ...firstOf(found, kind) }])) as Given['kinds']
  return { all: firstOf(found, null) ?? { most: 1, days: MONTH }, kinds, reminders: found.reminders }
}

/** The rule that the form says; a second limit of the same kind, which it does not show, stays. */
function ruleOf({ all, kinds, reminders }: Given, found: Frequency) {
  const shown = new Set([null, ...CONTACT_KINDS].map((kind) => firstOf(found, kind)))
  const own = CONTACT_KINDS.flatMap((kind) => {
    const { most, days } = kinds[kind]
    return typeof most === 'number' && typeof days === 'number' ? [{ kind, most, days }] : []
  })
  return { limits: [{ most: all.most, days: all.days }, ...own, ...found.limits.filter((one) => !shown.has(one))], reminders }
}
