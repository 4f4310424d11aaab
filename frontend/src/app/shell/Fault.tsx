import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, Link, useRouteError } from 'react-router'
import { ApiError } from '../../api/client.ts'
import { useLanguage } from '../language.ts'

/** A page that could not be shown: what happened, and what to do. */
export function Fault({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const api = error instanceof ApiError ? error : null
  return (
    <div className="fault" role="alert">
      <h1>{api?.status === 404 ? t('fault.missing') : api?.status === 403 ? t('fault.refused') : t('fault.title')}</h1>
      <p>{api ? api.say(language) : t('fault.page')}</p>
      <div className="row">
        <Button type="primary" onClick={onRetry ?? (() => location.reload())}>{t('common.retry')}</Button>
        <Link to="/">{t('fault.home')}</Link>
      </div>
      {api?.requestId && <p className="tiny soft">{t('fault.id', { id: api.requestId })}</p>}
    </div>
  )
}

/** What the router shows when a page broke: a new version of the pages is the usual cause. */
export function RouteFault() {
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <Missing />
  return <Fault error={error} />
}

export function Missing() {
  const { t } = useTranslation()
  return (
    <div className="fault">
      <h1>{t('fault.missing')}</h1>
      <p>{t('fault.missingPage')}</p>
      <Link to="/">{t('fault.home')}</Link>
    </div>
  )
}

/** Who may not do what a page is for is told so before anything of it is asked for. */
export function Refused() {
  const { t } = useTranslation()
  return (
    <div className="fault" role="alert">
      <h1>{t('fault.refused')}</h1>
      <p>{t('fault.askFor')}</p>
      <Link to="/">{t('fault.home')}</Link>
    </div>
  )
}
