import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, DatePicker, Input, InputNumber } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import type { Codebook } from '../../api/data.ts'
import type { Sensitivity, WeightSet } from '../../api/metrics.ts'
import { useRead, useWrite } from '../../api/hooks.tsx'
import { useLanguage } from '../../app/language.ts'
import { useMay } from '../../app/me.tsx'
import { DatasetPicker, useDataset } from '../../components/DatasetPicker.tsx'
import { WhatItDoes } from './WhatItDoes.tsx'

type Line = { key: number; name: string; weight: number }

let next = 0
const line = (name: string, weight: number): Line => ({ key: (next += 1), name, weight })
const asObject = (lines: Line[]) => Object.fromEntries(lines.filter(({ name }) => name.trim()).map(({ name, weight }) => [name.trim(), weight]))

/** The next set of a scene's weights, tried on a dataset before it is kept. */
export function WeightEditor({ scene, base }: { scene: string; base: WeightSet | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const may = useMay()
  const picked = useDataset()
  const [lines, setLines] = useState<Line[]>(() => (base?.weights ?? []).map(({ name, weight }) => line(name, weight)))
  const [source, setSource] = useState('')
  const [from, setFrom] = useState(dayjs())
  const aspects = useAspects(picked.id)
  const attempt = useWrite(() => api.post<Sensitivity>(`/datasets/${picked.id ?? ''}/index-sensitivity`, { new: asObject(lines), scene }), { quiet: true })
  const save = useWrite(
    () => api.post('/weight-sets', { scene, weights: asObject(lines), base_version: base?.version ?? 0, valid_from: from.format('YYYY-MM-DD'), source }),
    { refresh: ['/weight-sets', '/metrics'], quiet: true, done: t('common.saved') },
  )
  const error = save.error ?? attempt.error
  const change = (key: number, part: Partial<Line>) => setLines((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  if (!may('edit_metrics')) return null
  return (
    <section className="panel stack">
      <div className="row far">
        <h2>{t('metrics.nextSet', { version: (base?.version ?? 0) + 1 })}</h2>
        <span className="row">
          {aspects.length > 0 && lines.length === 0 && <Button onClick={() => setLines(aspects.map((name) => line(name, 1)))}>{t('metrics.fromDataset')}</Button>}
          <Button icon={<PlusOutlined />} onClick={() => setLines((all) => [...all, line('', 1)])}>{t('metrics.addWeight')}</Button>
        </span>
      </div>
      {lines.length === 0 && <p className="soft">{t('metrics.noWeights')}</p>}
      <ul className="weights">
        {lines.map(({ key, name, weight }) => (
          <li key={key}>
            <Input value={name} aria-label={t('metrics.aspect')} placeholder={t('metrics.aspect')} onChange={(event) => change(key, { name: event.target.value })} />
            <InputNumber value={weight} min={0} step={0.1} aria-label={t('metrics.weightOf', { name })} onChange={(value) => value !== null && change(key, { weight: value })} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => setLines((all) => all.filter((one) => one.key !== key))} />
          </li>
        ))}
      </ul>
      {lines.length > 0 && (
        <>
          <div className="row">
            <label className="row small soft">{t('metrics.from')}<DatePicker value={from} allowClear={false} onChange={(day) => day && setFrom(day)} /></label>
            <Input className="weight-source" value={source} placeholder={t('metrics.sourceHow')} aria-label={t('metrics.source')} onChange={(event) => setSource(event.target.value)} />
            <Button type="primary" loading={save.isPending} onClick={() => save.mutate(undefined)}>{t('common.save')}</Button>
          </div>
          <div className="row">
            <DatasetPicker {...picked} />
            <Button disabled={!picked.id} loading={attempt.isPending} onClick={() => attempt.mutate(undefined)}>{t('metrics.try')}</Button>
          </div>
        </>
      )}
      {error && <Alert type={error.status === 409 ? 'warning' : 'error'} showIcon title={error.say(language)} />}
      {attempt.data && <WhatItDoes found={attempt.data} />}
    </section>
  )
}

function useAspects(dataset: string | null): string[] {
  const book = useRead<Codebook>(`/datasets/${dataset ?? ''}/codebook`, undefined, { enabled: dataset !== null })
  return (book.data?.columns ?? []).filter(({ role, usable }) => role === 'aspect' && usable).map(({ name }) => name)
}
