import { Alert, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { DatasetRow } from '../../../api/data.ts'
import { useWrite } from '../../../api/hooks.tsx'
import { useLanguage } from '../../../app/language.ts'
import { Dialog } from '../../../components/Dialog.tsx'
import { DropFiles } from '../../../components/DropFiles.tsx'

type Added = { added: number; already: number }

/** Events from a CSV: all of them, or none and the line that is at fault. */
export function ImportEvents({ datasets, onClose }: { datasets: DatasetRow[]; onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [file, setFile] = useState<File | null>(null)
  const [dataset, setDataset] = useState<string | undefined>()
  const send = useWrite(
    (chosen: File) => {
      const form = new FormData()
      form.append('file', chosen, chosen.name)
      if (dataset) form.append('dataset_id', dataset)
      return api.form<Added>('/calendar/file', form)
    },
    { refresh: ['/calendar', '/datasets'], quiet: true, done: ({ added, already }) => t(already > 0 ? 'calendar.importedSome' : 'calendar.imported', { added, already }), after: onClose },
  )
  const take = (chosen: File | undefined) => { if (chosen) { setFile(chosen); send.reset() } }
  return (
    <Dialog title={t('calendar.import')} onCancel={onClose} okText={t('calendar.import')} cancelText={t('common.cancel')} confirmLoading={send.isPending} okButtonProps={{ disabled: !file }} onOk={() => file && send.mutate(file)}>
      <div className="stack">
        <DropFiles small={file !== null} title={file?.name ?? t('calendar.drop')} how={t('calendar.dropHow')} onFiles={([chosen]) => take(chosen)} />
        <label className="stack tight small">{t('calendar.dataset')}<Select allowClear aria-label={t('calendar.dataset')} value={dataset} placeholder={t('calendar.allDatasets')} options={datasets.map(({ id, name }) => ({ value: id, label: name }))} onChange={setDataset} /></label>
        {send.error && <Alert type="error" showIcon title={send.error.say(language)} />}
      </div>
    </Dialog>
  )
}
