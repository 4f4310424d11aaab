import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address } from '../../../api/client.ts'
import { useRead, type Page as Listed } from '../../../api/hooks.tsx'
import type { ExportForm } from '../../../api/surveys.ts'
import { useSay } from '../../../app/language.ts'

/** The draft as a file; each format says what it leaves behind. */
export function ExportMenu({ id, save }: { id: string; save: () => Promise<number | null> }) {
  const { t } = useTranslation()
  const say = useSay()
  const [open, setOpen] = useState(false)
  const read = useRead<Listed<ExportForm>>(`/surveys/${id}/exports`, undefined, { enabled: open, fresh: 0 })
  const take = async (format: string) => {
    await save()
    location.assign(address(`/surveys/${id}/export`, { format }))
  }
  const items = (read.data?.items ?? []).map(({ format, left }) => ({
    key: format, onClick: () => void take(format),
    label: <span className="export-form">{t(`surveyFormat.${format}`)}{left.length > 0 && <span className="tiny soft">{t('designer.leavesOut', { what: left.map(say).join(t('designer.listMark')) })}</span>}</span>,
  }))
  return <Dropdown trigger={['click']} open={open} onOpenChange={(next) => { if (next) void save(); setOpen(next) }} menu={{ items }}><Button icon={<DownloadOutlined />}>{t('common.export')}</Button></Dropdown>
}
