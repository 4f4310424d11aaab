import type { ContactField } from '../api/customers.ts'

/** How a customer is called where nobody may see who it is: the masked values that tell most. */
export function maskedName(fields: readonly ContactField[]): string {
  const rank = ({ name, kind }: ContactField) => (/姓名|name/i.test(name) ? 0 : kind === 'phone' ? 1 : kind === 'mail' ? 2 : 3)
  const values = [...fields].sort((a, b) => rank(a) - rank(b)).map(({ masked }) => masked)
  return [...new Set(values)].slice(0, 2).join(' · ')
}
