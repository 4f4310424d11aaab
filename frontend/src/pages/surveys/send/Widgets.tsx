import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import type { Widget, WidgetLink } from '../../../api/sending.ts'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { Loaded } from '../../../components/Loaded.tsx'
import { SecretOnce } from '../../../components/SecretOnce.tsx'
import { WidgetDialog } from './WidgetDialog.tsx'

type Made = WidgetLink & { secret?: string }

/** The questionnaire in pages of other sites: one script tag each, with its settings kept here. */
export function Widgets({ surveyId }: { surveyId: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<WidgetLink | 'new' | null>(null)
  const [secret, setSecret] = useState('')
  const read = useRead<Listed<WidgetLink>>(`/surveys/${surveyId}/links`)
  const made = (answer: Made) => { setOpen(null); setSecret(answer.secret ?? '') }
  return (
    <section className="panel stack tight" aria-label={t('widget.title')}>
      <h2>{t('widget.title')}</h2>
      <p className="soft small">{t('widget.how')}</p>
      <Loaded read={read} rows={1}>
        {({ items }) => (
          <ul className="ways">
            {items.filter(({ kind, options }) => kind === 'widget' && options.widget).map((one) => <One key={one.id} link={one} surveyId={surveyId} onEdit={() => setOpen(one)} onSecret={setSecret} />)}
          </ul>
        )}
      </Loaded>
      <div><Button onClick={() => setOpen('new')}>{t('widget.add')}</Button></div>
      {open && <WidgetDialog surveyId={surveyId} link={open === 'new' ? null : open} onDone={made} onClose={() => setOpen(null)} />}
      {secret && <SecretOnce title={t('widget.secret')} secret={secret} how={t('widget.secretHow')} onClose={() => setSecret('')} />}
    </section>
  )
}

type OneProps = { link: WidgetLink; surveyId: string; onEdit: () => void; onSecret: (secret: string) => void }

function One({ link, surveyId, onEdit, onSecret }: OneProps) {
  const { t } = useTranslation()
  const refresh = [`/surveys/${surveyId}/links`]
  const close = useWrite(() => api.patch<WidgetLink>(`/surveys/${surveyId}/links/${link.id}`, { revision: link.revision, closed: !link.closed }), { refresh, done: t('common.saved') })
  const replace = useWrite(() => api.post<Made>(`/surveys/${surveyId}/widgets/${link.id}/secret`, { revision: link.revision }), { refresh, after: (answer) => onSecret(answer.secret ?? '') })
  return (
    <li className="stack tight">
      <span className="row"><span className="way-name">{link.name}</span>{link.closed && <span className="tag">{t('widget.closed')}</span>}<span className="small soft">{useFacts(link.options.widget, link.options.sites)}</span></span>
      <div className="row nowrap snippet"><code>{snippetOf(link.code)}</code><CopyButton size="small" words={snippetOf(link.code)}>{t('common.copy')}</CopyButton></div>
      <span className="row">
        <Button size="small" onClick={onEdit}>{t('widget.edit')}</Button>
        <Button size="small" loading={replace.isPending} onClick={() => replace.mutate(undefined)}>{t('widget.newSecret')}</Button>
        <Button size="small" loading={close.isPending} onClick={() => close.mutate(undefined)}>{t(link.closed ? 'widget.reopen' : 'widget.close')}</Button>
      </span>
    </li>
  )
}

function useFacts(widget: Widget, sites: string[]): string {
  const { t } = useTranslation()
  const when = widget.trigger ? t('widget.onEvent', { event: widget.trigger }) : t('widget.onOpen')
  return [t(`widget.looks.${widget.look}`), when, t('widget.shareOf', { share: widget.share }), sites.join(' ')].join(' · ')
}

function snippetOf(code: string): string {
  return `<script src="${window.location.origin}/w/${code}.js" async></script>`
}
