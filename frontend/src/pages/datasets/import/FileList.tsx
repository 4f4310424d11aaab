import { CloseOutlined, FileTextOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { fileSize } from '../../../components/format.ts'
import type { Uploads } from './useUploads.ts'

export function FileList({ uploads, locked }: { uploads: Uploads; locked: boolean }) {
  const { t } = useTranslation()
  if (uploads.files.length === 0) return null
  return (
    <ul className="file-list">
      {uploads.files.map(({ key, file, sent, uploaded }) => (
        <li key={key}>
          <FileTextOutlined aria-hidden />
          <span className="file-name">{file.name} <span className="soft tiny">{fileSize(file.size)}</span></span>
          {uploaded ? <span className="tag good">{t('import.sent')}</span> : <Progress percent={Math.round(sent * 100)} size="small" aria-label={file.name} />}
          {!locked && <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('import.removeFile', { name: file.name })} onClick={() => uploads.remove(key)} />}
        </li>
      ))}
    </ul>
  )
}
