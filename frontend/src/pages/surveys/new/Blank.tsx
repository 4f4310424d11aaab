import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../app/language.ts'
import { newQuestion, newPage } from '../designer/edit.ts'
import { useFirstWords } from '../designer/useFirstWords.ts'
import { TONGUES } from '../tongues.ts'
import { useNewSurvey } from './NewSurvey.tsx'

type Given = { name: string; languages: string[] }

/** A name and its languages; the first question is there, so that something is seen. */
export function Blank() {
  const { t } = useTranslation()
  const language = useLanguage()
  const firstWords = useFirstWords()
  const make = useNewSurvey()
  const start = ({ name, languages }: Given) => {
    const title = Object.fromEntries(languages.map((tag) => [tag, name]))
    const question = newQuestion('nps', { pages: [] }, firstWords, languages)
    make.mutate({ name, draft: { title, languages, pages: [{ ...newPage({ pages: [] }), questions: [question] }] } })
  }
  return (
    <Form<Given> className="panel narrow" layout="vertical" requiredMark={false} initialValues={{ languages: [language] }} onFinish={start}>
      <Form.Item name="name" label={t('surveys.name')} rules={[{ required: true, whitespace: true, message: t('import.nameNeeded') }]}><Input maxLength={120} /></Form.Item>
      <Form.Item name="languages" label={t('designer.languages')} extra={t('designer.languagesHow')} rules={[{ required: true, message: t('designer.languageNeeded') }]}>
        <Select mode="multiple" options={Object.entries(TONGUES).map(([value, label]) => ({ value, label }))} optionFilterProp="label" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={make.isPending}>{t('surveys.start')}</Button>
    </Form>
  )
}
