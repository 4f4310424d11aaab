const QUARTER = 3

/** A period by its grain: its first day stands for all of it. */
export function periodWords(grain: string | null, day: string | null | undefined): string | null | undefined {
  if (!day) return day
  const [year, month] = day.split('-')
  if (grain === 'year') return year
  if (grain === 'quarter') return `${year ?? ''} Q${String(Math.ceil(Number(month) / QUARTER))}`
  return grain === 'month' ? `${year ?? ''}-${month ?? ''}` : day
}
