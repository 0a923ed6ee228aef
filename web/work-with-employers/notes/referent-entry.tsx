import { memo } from 'react'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatDay } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { Badge, type ListItemProps, sameLine } from '../../ui/index.ts'
import { EntryBy } from '../exchanges/entry-by.tsx'
import type { ReferentLine } from './queries.ts'

/** Who became or was no more the referent of the employer, one day, and who decided it (EST-8). */
const OneChange = ({ line, elsewhere, item }: { line: ReferentLine; elsewhere: boolean; item: ListItemProps }) => (
  <li {...item} className="cc-entry">
    <h3 className="cc-entry__head" tabIndex={-1} data-row-stop="">
      <strong>{formatDay(line.day)}</strong>
      <EntryBy of={{ ...line, author: null }} elsewhere={elsewhere} />
      <Badge>référent</Badge>
    </h3>
    <p>
      <PersonOf person={line.person} structure={shortOrganisation(line.organisation.name)} /> <Change line={line} />
    </p>
  </li>
)
export const ReferentEntry = memo(OneChange, sameLine)

const Change = ({ line: { change, person, by, byOrganisation, reason } }: { line: ReferentLine }) => {
  const decider = <PersonOf person={by} structure={shortOrganisation(byOrganisation.name)} />
  if (change === 'ended')
    return (
      <>
        n’est plus référent : « {reason} », noté par {decider}.
      </>
    )
  if (change === 'replaced') return <>n’est plus référent : n’était plus en poste, remplacement noté par {decider}.</>
  return person && person.id === by?.id ? 'se dit référent de cet employeur.' : <>est nommé référent par {decider}.</>
}
