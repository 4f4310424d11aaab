/** The sign of Huiyin: a voice, and its echo. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" stroke="var(--accent)" strokeWidth="2.6" strokeLinecap="round" aria-hidden="true">
      <circle cx="9" cy="16" r="3.2" fill="var(--accent)" stroke="none" />
      <path d="M15.2 9.2a9.6 9.6 0 0 1 0 13.6" />
      <path d="M20 5a15.6 15.6 0 0 1 0 22" opacity=".62" />
      <path d="M24.8 1.6a21 21 0 0 1 0 28.8" opacity=".3" />
    </svg>
  )
}
