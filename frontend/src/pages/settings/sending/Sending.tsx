import { useTranslation } from 'react-i18next'
import { useMay } from '../../../app/me.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { BlockedList } from './BlockedList.tsx'
import { BounceForm } from './BounceForm.tsx'
import { FrequencyForm } from './FrequencyForm.tsx'
import { MailForm } from './MailForm.tsx'
import { SmsForm } from './SmsForm.tsx'

/** What sending needs: how often customers may be contacted, who is left alone; servers for whoever sets them. */
export function Page() {
  const { t } = useTranslation()
  const sets = useMay()('manage_settings')
  return (
    <>
      <PageHead title={t('sending.settings.title')} lead={t(sets ? 'sending.settings.lead' : 'sending.settings.leadSender')} />
      <div className="stack">
        <FrequencyForm />
        {sets && <><MailForm /><BounceForm /><SmsForm /></>}
        <BlockedList />
      </div>
    </>
  )
}
