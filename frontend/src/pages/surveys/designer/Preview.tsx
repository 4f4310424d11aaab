import { Alert, Button, Segmented, Select } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type ApiError } from '../../../api/client.ts'
import type { Definition, Drawn } from '../../../api/surveys.ts'
import { useLanguage } from '../../../app/language.ts'
import { tongue } from '../tongues.ts'

type Props = { definition: Definition; page: string | null; question: string | null }
type Form = Record<string, string[]>
type Trying = { page: string | null; answers: Record<string, unknown>; own: Record<string, string>; form: Form | null }

const FROM_START: Trying = { page: null, answers: {}, own: {}, form: null }
const SIZES = { phone: { width: 375, height: 640 }, desktop: { width: 1024, height: 860 } } as const
type Size = keyof typeof SIZES

/** The page as a respondent gets it, drawn by the server; it can be filled in, and nothing is kept. */
export function Preview({ definition, page, question }: Props) {
  const { t } = useTranslation()
  const reader = useLanguage()
  const languages = definition.languages ?? ['zh-CN']
  const [language, setLanguage] = useState(languages.includes(reader) ? reader : languages[0] ?? 'zh-CN')
  const spoken = languages.includes(language) ? language : (languages[0] ?? 'zh-CN')
  const [size, setSize] = useState<Size>('phone')
  const [trying, setTrying] = useState<Trying>(FROM_START)
  useEffect(() => { if (page) setTrying((before) => ({ ...before, page, form: null })) }, [page, question])
  const fields = Object.fromEntries((definition.fields ?? []).map((name) => [name, t('designer.sample', { name })]))
  const asked = { draft: definition, language: spoken, fields, ...trying }
  const drawn = useQuery<Drawn, ApiError>({
    queryKey: ['preview', asked],
    queryFn: ({ signal }) => api.post<Drawn>('/surveys/preview', asked, signal),
    placeholderData: keepPreviousData, staleTime: Infinity, gcTime: 10_000, retry: false,
  })
  const next = (form: Form) => {
    const { answers, own } = drawn.data ?? trying
    setTrying({ page: null, answers, own, form })
  }
  return (
    <section className="preview" aria-label={t('designer.preview')}>
      <div className="row">
        <Segmented<Size> aria-label={t('designer.size')} size="small" value={size} onChange={setSize} options={(['phone', 'desktop'] as const).map((value) => ({ value, label: t(`designer.${value}`) }))} />
        {languages.length > 1 && <Select aria-label={t('designer.previewLanguage')} size="small" value={spoken} onChange={setLanguage} options={languages.map((value) => ({ value, label: tongue(value) }))} />}
        <Button size="small" type="text" onClick={() => setTrying(FROM_START)}>{t('designer.fromStart')}</Button>
      </div>
      {drawn.error && <Alert type="warning" title={drawn.error.say(reader)} />}
      {drawn.data && question && isHidden(drawn.data.html, question) && <p className="small soft" role="status">{t('designer.hiddenNow')}</p>}
      {drawn.data && <Frame html={drawn.data.html} size={size} at={question} onForm={next} onLanguage={setLanguage} />}
    </section>
  )
}

const isHidden = (html: string, question: string): boolean => new RegExp(`data-q="${question}"[^>]*\\shidden`).test(html)

type FrameProps = { html: string; size: Size; at: string | null; onForm: (form: Form) => void; onLanguage: (tag: string) => void }

/** Its scripts run apart from ours: it can reach neither the session nor the page around it. */
function Frame({ html, size, at, onForm, onLanguage }: FrameProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const [room, setRoom] = useState<number>(SIZES.phone.width)
  useEffect(() => {
    const watcher = new ResizeObserver(([entry]) => { if (entry) setRoom(entry.contentRect.width) })
    if (box.current) watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [])
  useEffect(() => {
    const hear = (event: MessageEvent<{ preview?: boolean; form?: Form; language?: string }>) => {
      if (event.source !== frame.current?.contentWindow || !event.data.preview) return
      if (event.data.form) onForm(event.data.form)
      if (event.data.language) onLanguage(event.data.language)
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  })
  const { width, height } = SIZES[size]
  const scale = Math.min(1, room / width)
  const mark = at ? ` data-at="${at}"` : ''
  return (
    <div ref={box}>
      <div className="preview-box" style={{ width: width * scale, height: height * scale }}>
        <iframe ref={frame} title={t('designer.preview')} sandbox="allow-scripts" srcDoc={`${html}<script src="/preview.js" defer${mark}></script>`} style={{ width, height, transform: `scale(${String(scale)})` }} />
      </div>
    </div>
  )
}
