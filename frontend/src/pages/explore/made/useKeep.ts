import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { madePath, type Made } from '../../../components/made.ts'

type Given = { name: string; definition: object }

/** Keep a new definition, or the next version of the one that was opened; what was counted by it is counted anew. */
export function useKeep(id: string, made: Made | null, close: () => void) {
  const { t } = useTranslation()
  const write = ({ name, definition }: Given) =>
    made === null
      ? api.post<Made>(madePath(id), { name, definition })
      : api.put<Made>(`/datasets/${id}/made/${encodeURIComponent(made.name)}`, { version: made.version, definition })
  return useWrite(write, { refresh: [`/datasets/${id}/`, '/views'], quiet: true, done: t('common.saved'), after: close })
}
