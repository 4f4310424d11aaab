import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Codebook, DatasetDetail, Import } from '../../../api/data.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { useAddress } from '../../../components/useAddress.ts'
import { Loaded } from '../../../components/Loaded.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { ColumnEditor } from './ColumnEditor.tsx'
import { ColumnList } from './ColumnList.tsx'
import { ImportBar } from './ImportBar.tsx'
import { useDraft } from './useDraft.ts'
import './codebook.css'

/** What each column means: doubts first, the column's own values beside it. */
export function Page() {
  const { id = '' } = useParams()
  const { t } = useTranslation()
  const dataset = useRead<DatasetDetail>(`/datasets/${id}`)
  const book = useRead<Codebook>(`/datasets/${id}/codebook`)
  const name = dataset.data?.name ?? ''
  return (
    <>
      <PageHead title={t('codebook.title')} lead={t('codebook.lead')} above={<><Link to="/datasets">{t('areas.datasets')}</Link> / <Link to={`/datasets/${id}`}>{name}</Link></>} />
      <Loaded read={book} rows={12}>{(read) => <Editor id={id} book={read} dataset={dataset.data} />}</Loaded>
    </>
  )
}

function Editor({ id, book, dataset }: { id: string; book: Codebook; dataset: DatasetDetail | undefined }) {
  const { t } = useTranslation()
  const say = useSay()
  const draft = useDraft(id, book)
  const imports = useRead<Listed<Import>>(`/datasets/${id}/imports`)
  const latest = imports.data?.items[0]
  const [chosen, choose] = useAddress()
  const [onlyDoubts, setOnlyDoubts] = useState(false)
  const doubts = draft.columns.filter(({ please_check }) => please_check)
  const first = doubts[0] ?? draft.columns[0]
  const current = draft.columns.find(({ name }) => name === chosen.get('column')) ?? first
  return (
    <>
      {draft.conflict && (
        <Alert type="warning" showIcon title={draft.conflict} action={<Button size="small" onClick={draft.reload}>{t('codebook.seeTheirs')}</Button>} style={{ marginBottom: 16 }} />
      )}
      {[latest?.profile_reason, ...(latest?.notes ?? [])].map((note) => note && <p key={say(note)} className="soft small note-line">{say(note)}</p>)}
      <div className="book">
        <ColumnList
          columns={onlyDoubts ? doubts : draft.columns} changed={draft.changed} checked={draft.checked} current={current?.name}
          doubts={doubts.length} onlyDoubts={onlyDoubts} onOnlyDoubts={setOnlyDoubts} onChoose={(column) => choose({ column })}
        />
        {current && <ColumnEditor key={current.name} importId={latest?.id} column={current} onChange={(part) => draft.change(current.name, part)} />}
      </div>
      <ImportBar id={id} draft={draft} dataset={dataset} />
    </>
  )
}
