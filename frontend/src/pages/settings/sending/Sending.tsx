import { useTranslation } from 'react-i18next'
import { PageHead } from '../../../components/PageHead.tsx'
import { BlockedList } from './BlockedList.tsx'
import { BounceForm } from './BounceForm.tsx'
import { FrequencyForm } from './FrequencyForm.tsx'
import { MailForm } from './MailForm.tsx'
import { SmsForm } from './SmsForm.tsx'

/** What sending needs: servers, how often customers may be contacted, who is left alone. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={t('sending.settings.title')} lead={t('sending.settings.lead')} />
      <div className="stack">
        <FrequencyForm />
        <MailForm />
        <BounceForm />
        <SmsForm />
        <BlockedList />
      </div>
    </>
  )
}
