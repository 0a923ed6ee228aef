import { useQuery } from '@tanstack/react-query'
import { formatDay, today } from '../../platform/format.ts'
import { toolWords } from '../../platform/words.ts'
import { Link, Notice } from '../../ui/index.ts'
import { rightsQuery, toolsQuery } from './queries.ts'
import { serviceWords } from './words.ts'

const month = 30 * 86_400_000
const until = (day: string) => Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today()}T00:00:00Z`)

/** On the first page: a tool of one's own that does not work as usual, and one's awareness when it is due. */
export const ToolsNews = () => {
  const tools = useQuery(toolsQuery)
  const rights = useQuery(rightsQuery)
  const awareness = rights.data?.awareness
  const disturbed = (tools.data?.items ?? []).flatMap(({ tool, open, mine, service }) =>
    open && mine && service && service.state !== 'disponible' ? [{ tool, service }] : [],
  )
  return (
    <>
      {disturbed.map(({ tool, service }) => (
        <Notice key={tool} tone="warning" title={`${toolWords[tool]} : ${serviceWords[service.state]}`}>
          {service.message} <Link href="/outils">État des outils</Link>
        </Notice>
      ))}
      {awareness && until(awareness.dueOn) <= month && (
        <Notice tone="warning" title="Sensibilisation à la sécurité">
          {awareness.dueOn < today()
            ? `La vôtre est dépassée depuis le ${formatDay(awareness.dueOn)}.`
            : `La vôtre est à renouveler avant le ${formatDay(awareness.dueOn)}.`}{' '}
          <Link href="/mes-droits">Qui peut aider</Link>
        </Notice>
      )}
    </>
  )
}
