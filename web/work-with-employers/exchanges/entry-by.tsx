import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatSiret } from '../../platform/format.ts'
import { Link } from '../../ui/index.ts'
import type { Exchange } from './words.ts'

/** By whom something of the history is; `elsewhere`: and at which other establishment of the company. */
export const EntryBy = ({
  of: { organisation, author, siret, establishmentName },
  elsewhere,
}: {
  of: Pick<Exchange, 'organisation' | 'author' | 'siret' | 'establishmentName'>
  elsewhere: boolean
}) => (
  <>
    <span className="cc-entry__by">
      {organisation.name}
      {author && (
        <>
          , <PersonLink person={author} />
        </>
      )}
    </span>
    {elsewhere && <Link href={`/etablissements/${siret}`}>{establishmentName ?? `SIRET ${formatSiret(siret)}`}</Link>}
  </>
)
