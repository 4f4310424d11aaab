import { SendOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import './box.css'

const LONGEST = 500

/** One box: Enter asks. */
export function QuestionBox({ follows, onAsk }: { follows: boolean; onAsk: (question: string) => void }) {
  const { t } = useTranslation()
  const [words, write] = useState('')
  const ask = () => {
    const question = words.trim()
    if (!question) return
    write('')
    onAsk(question)
  }
  return (
    <form className="ask-form-box" onSubmit={(event) => { event.preventDefault(); ask() }}>
      <Input
        size="large" value={words} maxLength={LONGEST} autoComplete="off" aria-label={t('ask.question')}
        placeholder={t(follows ? 'ask.followUp' : 'ask.placeholder')} onChange={({ target }) => write(target.value)}
      />
      <Button size="large" type="primary" htmlType="submit" icon={<SendOutlined />} disabled={words.trim() === ''}>{t('ask.send')}</Button>
    </form>
  )
}
