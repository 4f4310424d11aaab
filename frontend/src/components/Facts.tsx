import type { ReactNode } from 'react'
import './page.css'

/** A line of small facts: name above, value below. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode] | null | false)[] }) {
  return (
    <dl className="facts-line">
      {facts.filter((fact) => fact !== null && fact !== false).map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  )
}
