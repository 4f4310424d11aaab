import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { DatasetRow } from '../../../api/data.ts'
import { api } from '../../../api/client.ts'
import type { Board, RoleBoard } from '../../../api/boards.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import { FormDialog } from '../../../components/FormDialog.tsx'
import { useIndustries } from '../industries.ts'

type Given = { datasets: string[]; industry: string }

/** A role's board: from which data. None named: those that fill most of it. */
export function RoleDialog({ role, onClose }: { role: RoleBoard; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const go = useNavigate()
  const read = useRead<Listed<DatasetRow>>('/datasets')
  const choices = (read.data?.items ?? []).filter(({ version }) => version !== null).map(({ id, name }) => ({ value: id, label: name }))
  const kinds = useIndustries()
  const make = useWrite(
    ({ datasets, industry }: Given) => api.post<Board>('/boards/role', { role: role.id, datasets, industry }),
    { quiet: true, refresh: ['/boards'], after: ({ id }) => void go(`/boards/${id}`) },
  )
  return (
    <FormDialog<Given> title={say(role.name)} initial={{ datasets: [], industry: 'auto' }} error={make.error} busy={make.isPending} submit={t('boards.make')} onSubmit={(given) => make.mutate(given)} onClose={onClose}>
      <p className="soft" style={{ marginBottom: 16 }}>{say(role.about)}</p>
      <Form.Item name="datasets" label={t('boards.fromData')} extra={t('boards.fromDataHow')}>
        <Select mode="multiple" options={choices} placeholder={t('boards.bestData')} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="industry" label={t('boards.industry')} extra={t('boards.industryHow')}>
        <Select options={kinds} />
      </Form.Item>
    </FormDialog>
  )
}
