import { JobProgress } from './JobProgress.tsx'

/** The answer of an address whose result is still being made. */
export type JobStarted = { job_id: string }

/** Something is being computed: its progress in place of the result. */
export function Pending({ job, onDone }: { job: string; onDone: () => void }) {
  return <div className="panel pending"><JobProgress id={job} onDone={onDone} /></div>
}
