import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Board } from '../../../api/boards.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { useIndustries } from '../industries.ts'

type Given = { industry: string }

/** Arranges a role's board for another industry. */
export function IndustryDialog({ board, onClose }: { board: Board; onClose: () => void }) {
  const { t } = useTranslation()
  const kinds = useIndustries()
  const arrange = useWrite(
    ({ industry }: Given) => api.post<Board>(`/boards/${board.id}/industry`, { revision: board.revision, industry }),
    { quiet: true, refresh: ['/boards'], done: t('boards.arranged'), after: onClose },
  )
  return (
    <FormDialog<Given> title={t('boards.arrange')} initial={{ industry: board.definition.industry ?? 'none' }} error={arrange.error} busy={arrange.isPending} submit={t('boards.arrange')} onSubmit={(given) => arrange.mutate(given)} onClose={onClose}>
      <p className="soft" style={{ marginBottom: 16 }}>{t('boards.arrangeHow')}</p>
      <Form.Item name="industry" label={t('boards.industry')} extra={t('boards.industryHow')}>
        <Select options={kinds} />
      </Form.Item>
    </FormDialog>
  )
}
