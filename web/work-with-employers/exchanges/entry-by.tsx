import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatSiret } from '../../platform/format.ts'
import { Link } from '../../ui/index.ts'
import type { Exchange } from './words.ts'

/** By whom something of the history is; `elsewhere`: and at which other establishment of the company. */
export const EntryBy = ({
  of: { organisation, author, siret, establishmentName },
  elsewhere,
}: {
  of: Pick<Exchange, 'author' | 'siret' | 'establishmentName'> & {
    /** None: a file of the operator said it. */
    organisation: Exchange['organisation'] | null
  }
  elsewhere: boolean
}) => (
  <>
    <span className="cc-entry__by">
      {organisation?.name ?? 'Fichier de l’opérateur'}
      {author && (
        <>
          , <PersonLink person={author} />
        </>
      )}
    </span>
    {elsewhere && <Link href={`/etablissements/${siret}`}>{establishmentName ?? `SIRET ${formatSiret(siret)}`}</Link>}
  </>
)
