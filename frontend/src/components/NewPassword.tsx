import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

export const SHORTEST_PASSWORD = 10

/** A new password, typed twice. */
export function NewPassword() {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="password" label={t('signIn.newPassword')} extra={t('signIn.passwordRule', { n: SHORTEST_PASSWORD })} rules={[{ required: true, min: SHORTEST_PASSWORD, message: t('signIn.passwordRule', { n: SHORTEST_PASSWORD }) }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again" label={t('signIn.again')} dependencies={['password']}
        rules={[
          { required: true, message: t('signIn.passwordNeeded') },
          ({ getFieldValue }) => ({
            validator: (_, value) => (!value || getFieldValue('password') === value ? Promise.resolve() : Promise.reject(new Error(t('signIn.differs')))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}
