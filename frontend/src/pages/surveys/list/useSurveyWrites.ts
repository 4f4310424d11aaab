import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import type { Status, Survey, SurveyRow } from '../../../api/surveys.ts'

const REFRESH = ['/surveys', '/survey-counts']

/** Pause, go on, close; put away and bring back; copy. Each can be undone. */
export function useSurveyWrites(onCopy: (id: string) => void) {
  const { t } = useTranslation()
  const change = (row: SurveyRow, part: object) => api.patch<SurveyRow>(`/surveys/${row.id}`, { revision: row.revision, ...part })
  const status = useWrite(({ row, status: next }: { row: SurveyRow; status: Status }) => change(row, { status: next }), {
    refresh: REFRESH,
    done: (answer) => t('surveys.nowIs', { name: answer.name, status: t(`surveyStatus.${answer.status}`) }),
    undo: (answer, { row }) => change(answer, { status: row.status }),
  })
  const archive = useWrite(({ row, archived }: { row: SurveyRow; archived: boolean }) => change(row, { archived }), {
    refresh: REFRESH,
    done: (answer) => t(answer.archived ? 'surveys.didArchive' : 'surveys.didRestore', { name: answer.name }),
    undo: async (answer, { row }) => {
      const back = await change(answer, { archived: row.archived })
      return row.version !== null && back.status !== row.status ? change(back, { status: row.status }) : back
    },
  })
  const copy = useWrite(
    async (row: SurveyRow) => {
      const { draft } = await api.get<Survey>(`/surveys/${row.id}`)
      return api.post<Survey>('/surveys', { name: t('surveys.copyOf', { name: row.name }).slice(0, 200), draft })
    },
    { refresh: REFRESH, after: ({ id }) => onCopy(id) },
  )
  return { status, archive, copy }
}
