import type { Beside } from './answer.ts'

/** What a figure shows beside the numbers of its answer, for who reads rather than looks. */
export function BesideTable({ beside, label }: { beside: Beside; label: string }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={label}>
      <table className="pivot beside">
        <thead><tr>{beside.heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>
          {beside.rows.map(([name, ...rest], at) => (
            <tr key={`${name ?? ''}${String(at)}`}>
              <th scope="row">{name}</th>
              {rest.map((words, place) => <td key={beside.heads[place + 1]}>{words}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
