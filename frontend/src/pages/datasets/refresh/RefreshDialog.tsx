import { Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Refresh, Source, Sources } from '../../../api/refreshes.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'

type Given = { kind: string; source: Source; when: 'daily' | 'cron' | 'hand'; daily_at?: string; cron?: string; mode: 'update' | 'replace' }
type Props = { dataset: string; refresh: Refresh | null; sources: Sources; onClose: () => void }

const FIELDS: Record<string, readonly (keyof Source)[]> = { folder: ['folder', 'pattern'], sql: ['url', 'query'], url: ['url', 'authorization'] }
const ZONE = 'Asia/Shanghai'

function body({ kind, source, when, daily_at, cron, mode }: Given, zone: string) {
  const own = Object.fromEntries((FIELDS[kind] ?? []).map((field) => [field, source[field] || null]))
  const schedule = when === 'hand' ? null : { zone, daily_at: when === 'daily' ? daily_at : null, cron: when === 'cron' ? cron : null }
  return { kind, source: own, schedule, mode }
}

export function RefreshDialog({ dataset, refresh, sources, onClose }: Props) {
  const { t } = useTranslation()
  const say = useSay()
  const save = useWrite(
    (given: Given) => {
      const sent = body(given, refresh?.schedule?.zone ?? ZONE)
      return refresh ? api.put(`/datasets/${dataset}/refreshes/${refresh.id}`, { ...sent, revision: refresh.revision }) : api.post(`/datasets/${dataset}/refreshes`, sent)
    },
    { refresh: [`/datasets/${dataset}`], quiet: true, done: t('common.saved'), after: onClose },
  )
  const initial: Partial<Given> = refresh
    ? { kind: refresh.kind, source: refresh.source, mode: refresh.mode, when: refresh.schedule ? 'cron' : 'hand', cron: refresh.schedule?.cron }
    : { kind: sources.kinds[0]?.id, source: {}, mode: 'update', when: 'daily', daily_at: '06:00' }
  return (
    <FormDialog<Given> title={t(refresh ? 'refresh.change' : 'refresh.add')} initial={initial} error={save.error} busy={save.isPending} onSubmit={(given) => save.mutate(given)} onClose={onClose}>
      <Form.Item name="kind" label={t('refresh.kind')}><Radio.Group options={sources.kinds.map(({ id, title }) => ({ value: id, label: say(title) }))} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Given, b: Given) => a.kind !== b.kind}>
        {({ getFieldValue }) => (FIELDS[getFieldValue('kind') as string] ?? []).map((field) => <SourceField key={field} field={field} sources={sources} kept={refresh !== null} />)}
      </Form.Item>
      <Form.Item name="when" label={t('refresh.when')}><Radio.Group options={(['daily', 'cron', 'hand'] as const).map((value) => ({ value, label: t(`refresh.every.${value}`) }))} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Given, b: Given) => a.when !== b.when}>
        {({ getFieldValue }) => {
          if (getFieldValue('when') === 'daily') return <Form.Item name="daily_at" label={t('refresh.at')} rules={[{ required: true, pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: t('refresh.atNeeded') }]}><Input style={{ width: 120 }} /></Form.Item>
          return getFieldValue('when') === 'cron' ? <Form.Item name="cron" label="cron" extra={t('refresh.cronHow')} rules={[{ required: true, message: t('refresh.cronHow') }]}><Input className="mono" /></Form.Item> : null
        }}
      </Form.Item>
      <Form.Item name="mode" label={t('refresh.mode')}><Radio.Group options={[{ value: 'update', label: t('more.update') }, { value: 'replace', label: t('more.replace') }]} /></Form.Item>
    </FormDialog>
  )
}

function SourceField({ field, sources, kept }: { field: keyof Source; sources: Sources; kept: boolean }) {
  const { t } = useTranslation()
  const needed = field === 'pattern' || field === 'authorization' ? [] : [{ required: true, message: t('refresh.needed') }]
  const extra = field === 'authorization' && kept ? t('providers.kept') : t(`refresh.how.${field}`)
  return (
    <Form.Item name={['source', field]} label={t(`refresh.field.${field}`)} rules={needed} extra={extra}>
      {field === 'folder' ? <Select options={sources.folders.map((value) => ({ value, label: value }))} notFoundContent={t('refresh.noFolders')} /> : field === 'query' ? <Input.TextArea className="mono" autoSize={{ minRows: 3, maxRows: 12 }} /> : field === 'authorization' ? <Input.Password autoComplete="off" /> : <Input className="mono" />}
    </Form.Item>
  )
}
