import { useTranslation } from 'react-i18next'
import { PageHead } from '../../components/PageHead.tsx'
import { PageTabs } from '../../components/PageTabs.tsx'
import { useAddress } from '../../components/useAddress.ts'
import { Benchmarks } from './Benchmarks.tsx'
import { Catalogue } from './Catalogue.tsx'
import { OwnWords } from './OwnWords.tsx'
import { Rules } from './Rules.tsx'
import { Targets } from './Targets.tsx'
import { WeightSets } from './WeightSets.tsx'
import './metrics.css'

/** How each score is computed, and what it should reach. */
export function Page() {
  const { t } = useTranslation()
  const [chosen, choose] = useAddress()
  const tabs = [
    { key: 'catalogue', label: t('metrics.catalogue'), children: <Catalogue /> },
    { key: 'targets', label: t('metrics.targets'), children: <Targets /> },
    { key: 'weights', label: t('metrics.weights'), children: <WeightSets /> },
    { key: 'benchmarks', label: t('metrics.benchmarks'), children: <Benchmarks /> },
    { key: 'rules', label: t('metrics.rules'), children: <Rules /> },
    { key: 'words', label: t('ownWords.title'), children: <OwnWords /> },
  ]
  return (
    <>
      <PageHead title={t('metrics.title')} lead={t('metrics.lead')} />
      <PageTabs items={tabs} destroyOnHidden activeKey={chosen.get('tab') ?? 'catalogue'} onChange={(tab) => choose({ tab: tab === 'catalogue' ? null : tab, search: null })} />
    </>
  )
}
