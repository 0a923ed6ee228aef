import { Link, Notice } from '../ui/index.ts'
import { useRunningWorks } from '../work-with-employers/bulk-works/long-works.ts'

/** Nothing when no work of one’s own is under way. */
export const RunningWorks = () => {
  const works = useRunningWorks()
  if (!works.length) return null
  return (
    <Notice tone="info" title="Travail en cours">
      <ul>
        {works.map(({ key, href, label, about, figures }) => (
          <li key={key}>
            <Link href={href}>{label}</Link>
            {about && `, ${about}`} : {figures}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
