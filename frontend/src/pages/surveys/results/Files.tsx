import { useTranslation } from 'react-i18next'
import { address } from '../../../api/client.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { SentFile } from '../../../api/surveys.ts'
import { useSay } from '../../../app/language.ts'
import { useMay } from '../../../app/me.tsx'
import { count, fileSize } from '../../../components/format.ts'
import { When } from '../../../components/When.tsx'

/** The files that came with answers, for who may see those answers: to be saved, never shown here. */
export function Files({ id, since }: { id: string; since: string }) {
  const may = useMay()
  return may('see_rows') ? <List id={id} since={since} /> : null
}

function List({ id, since }: { id: string; since: string }) {
  const { t } = useTranslation()
  const say = useSay()
  const read = useRead<Listed<SentFile>>(`/surveys/${id}/files`, { since })
  const items = read.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="panel stack tight whole" aria-label={t('surveys.files')}>
      <h2>{t('surveys.files')} <span className="small soft">{count(read.data?.total ?? items.length)}</span></h2>
      <p className="soft small">{t('surveys.filesHow')}</p>
      <div className="files">
        <table className="channels">
          <thead><tr>{(['file', 'question', 'size', 'sentAt'] as const).map((head) => <th key={head} scope="col">{t(`surveys.fileHeads.${head}`)}</th>)}</tr></thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <td><a href={address(`/surveys/${id}/files/${one.id}`)} download>{one.name}</a>{!one.finished && <span className="small soft"> · {t('surveys.fileHalf')}</span>}</td>
                <td>{say(one.title)}</td>
                <td className="number">{fileSize(one.size)}</td>
                <td><When at={one.sent_at} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
