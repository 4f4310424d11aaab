import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { Quota, QuotaPlaces, Review } from '../../../api/surveys.ts'
import { useSay } from '../../../app/language.ts'
import { count } from '../../../components/format.ts'
import { ConditionForm } from './ConditionForm.tsx'
import { before, firstTest } from './conditions.ts'
import { freshCode } from './edit.ts'
import { Choice } from './QuestionForm.tsx'
import type { Editing } from './useDraft.ts'
import { WordsInput } from './WordsInput.tsx'

const USUAL_MOST = 100
const EVERY_MS = 5_000

/** How many answers of a group are taken, and what happens when it is full; crossed by more comparisons. */
export function Quotas({ editing: { draft, change }, review, surveyId }: { editing: Editing; review: Review | undefined; surveyId: string }) {
  const { t } = useTranslation()
  const say = useSay()
  const languages = draft.languages ?? ['zh-CN']
  const quotas = draft.quotas ?? []
  const places = useRead<Listed<QuotaPlaces>>(`/surveys/${surveyId}/quotas`, undefined, { enabled: quotas.length > 0, every: () => EVERY_MS })
  const put = (next: Quota[], what = '') => change((one) => ({ ...one, quotas: next }), what)
  const set = (at: number, part: Partial<Quota>, what = '') => { const quota = quotas[at]; if (quota) put(quotas.with(at, { ...quota, ...part }), what) }
  const [first] = before(draft)
  const add = () => { if (first) put([...quotas, { id: freshCode('quota', quotas.map(({ id }) => id)), name: {}, where: firstTest(first), most: USUAL_MOST }]) }
  return (
    <div className="stack tight" role="group" aria-label={t('designer.quotas')}>
      <h3>{t('designer.quotas')}</h3>
      {quotas.map((quota, at) => (
        <div key={quota.id} className="jump stack tight">
          {review?.sentences.quotas[quota.id] && <p className="sentence">{say(review.sentences.quotas[quota.id])}</p>}
          <Taken places={places.data?.items.find(({ id }) => id === quota.id)} />
          <WordsInput label={t('designer.quotaName')} words={quota.name} languages={languages} onChange={(name) => set(at, { name }, `quota:${quota.id}`)} />
          <ConditionForm label={t('designer.quotaWhere')} draft={draft} condition={quota.where} needed onChange={(where) => { if (where) set(at, { where }) }} />
          <div className="choices">
            <label className="choice"><span className="small soft">{t('designer.quotaMost')}</span><InputNumber min={0} max={10_000_000} precision={0} value={quota.most} onChange={(most) => { if (most !== null) set(at, { most }) }} /></label>
            <Choice label={t('designer.quotaFull')} value={quota.full ?? 'screened_out'} options={(['screened_out', 'complete'] as const).map((value) => ({ value, label: t(`designer.fulls.${value}`) }))} onChange={(full) => set(at, { full })} />
            <Button size="small" type="text" icon={<DeleteOutlined />} onClick={() => put(quotas.toSpliced(at, 1))}>{t('common.remove')}</Button>
          </div>
          <WordsInput label={t('designer.quotaWords')} words={quota.words} languages={languages} onChange={(words) => set(at, { words }, `quotaWords:${quota.id}`)} />
        </div>
      ))}
      <div><Button size="small" icon={<PlusOutlined />} disabled={!first} onClick={add}>{t('designer.addQuota')}</Button></div>
    </div>
  )
}

/** How many places are taken by the version that is asked now; one that is not asked yet has none. */
function Taken({ places }: { places: QuotaPlaces | undefined }) {
  const { t } = useTranslation()
  if (!places) return null
  const { taken, full } = places
  const most = count(places.most)
  const said = taken === null ? t(full ? 'designer.quotaIsFull' : 'designer.quotaIsFree', { most }) : t('designer.quotaTaken', { taken: count(taken), most })
  return <p className="small">{said}</p>
}
