import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { CONTACT_KINDS, WIDGET_LOOKS, type Widget, type WidgetLink } from '../../../api/sending.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'

type Given = Omit<Widget, 'trigger'> & { name: string; sites: string[]; trigger?: string }
type Props = { surveyId: string; link: WidgetLink | null; onDone: (made: WidgetLink & { secret?: string }) => void; onClose: () => void }

const FIRST: Partial<Given> = { look: 'popup', share: 100, delay_seconds: 0, rest_days: 30, kind: 'transaction', known_only: false, sites: [] }

/** Where a widget may stand, to whom and when it is shown. */
export function WidgetDialog({ surveyId, link, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const needed = [{ required: true, message: t('sending.needed') }]
  const save = useWrite(
    ({ name, trigger, ...rest }: Given) => {
      const widget = { ...rest, trigger: trigger?.trim() || null }
      return link
        ? api.put<WidgetLink>(`/surveys/${surveyId}/widgets/${link.id}`, { widget, revision: link.revision })
        : api.post<WidgetLink>(`/surveys/${surveyId}/widgets`, { name, widget })
    },
    { refresh: [`/surveys/${surveyId}/links`], done: t('common.saved'), quiet: true, after: onDone },
  )
  const initial = link ? { ...link.options.widget, trigger: link.options.widget.trigger ?? '', name: link.name, sites: link.options.sites } : FIRST
  return (
    <FormDialog<Given> title={t(link ? 'widget.edit' : 'widget.add')} initial={initial} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="name" label={t('sending.name')} rules={needed}><Input maxLength={200} disabled={link !== null} /></Form.Item>
      <Form.Item name="sites" label={t('widget.sites')} extra={t('widget.sitesHow')} rules={needed}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',', '，']} placeholder="https://shop.example.com" /></Form.Item>
      <Form.Item name="look" label={t('widget.look')}><Select options={WIDGET_LOOKS.map((value) => ({ value, label: t(`widget.looks.${value}`) }))} /></Form.Item>
      <Form.Item name="trigger" label={t('widget.trigger')} extra={t('widget.triggerHow')}><Input maxLength={60} placeholder="order_signed" /></Form.Item>
      <div className="row">
        <Form.Item name="delay_seconds" label={t('widget.delay')}><InputNumber min={0} max={3600} /></Form.Item>
        <Form.Item name="share" label={t('widget.share')}><InputNumber min={0.01} max={100} /></Form.Item>
        <Form.Item name="rest_days" label={t('widget.rest')}><InputNumber min={0} max={365} /></Form.Item>
      </div>
      <Form.Item name="kind" label={t('sending.kind')}><Select options={CONTACT_KINDS.map((value) => ({ value, label: t(`sending.kinds.${value}`) }))} /></Form.Item>
      <Form.Item name="known_only" label={t('widget.knownOnly')} extra={t('widget.knownOnlyHow')} valuePropName="checked"><Switch /></Form.Item>
    </FormDialog>
  )
}
