import type { ContactField } from '../api/customers.ts'

type Known = { id: string; fields: readonly ContactField[] }

/** How much of the id is shown: it is random, says nothing of who it is, and stands in the address of the customer's page. */
const TAIL = 6

/** How a customer is called where nobody may see who it is: the masked values that tell most; where many look alike, the end of the id beside them. */
export function maskedName({ id, fields }: Known): string {
  const rank = ({ name, kind }: ContactField) => (/姓名|name/i.test(name) ? 0 : kind === 'phone' ? 1 : kind === 'mail' ? 2 : 3)
  const shown = [...fields].sort((a, b) => rank(a) - rank(b)).filter(({ masked }, at, all) => all.findIndex((one) => one.masked === masked) === at).slice(0, 2)
  const apart = shown.some(({ kind }) => kind === 'phone')
  return [...shown.map(({ masked }) => masked), ...(apart ? [] : [id.slice(-TAIL)])].join(' · ')
}
