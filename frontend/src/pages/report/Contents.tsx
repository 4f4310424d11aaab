import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chapter } from '../../components/paper/page.ts'

/** Contents; the chapter being read is marked. A shared address with #chapter opens there. */
export function Contents({ chapters }: { chapters: Chapter[] }) {
  const { t } = useTranslation()
  const current = useCurrent(chapters)
  const entries = [{ anchor: 'conclusions', title: t('report.conclusions') }, ...chapters]
  return (
    <nav className="contents beside" aria-label={t('report.contents')}>
      <ol>
        {entries.map(({ anchor, title }) => (
          <li key={anchor}><a href={`#${anchor}`} aria-current={anchor === current ? 'true' : undefined}>{title}</a></li>
        ))}
      </ol>
    </nav>
  )
}

function useCurrent(chapters: Chapter[]): string {
  const [current, setCurrent] = useState('conclusions')
  useEffect(() => {
    const asked = decodeURIComponent(location.hash.slice(1))
    if (asked) document.getElementById(asked)?.scrollIntoView()
    const watcher = new IntersectionObserver(
      (entries) => entries.forEach((entry) => entry.isIntersecting && setCurrent(entry.target.id)),
      { rootMargin: '-12% 0px -78% 0px' },
    )
    document.querySelectorAll('.paper > .chapter').forEach((section) => watcher.observe(section))
    return () => watcher.disconnect()
  }, [chapters])
  return current
}
