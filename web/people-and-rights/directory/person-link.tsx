import { useMaybeMe } from '../../platform/session.ts'
import { Link } from '../../ui/index.ts'
import { readsDirectory } from './reads-directory.ts'

/** Who has left is nobody's to reach. */
const gone = /^Ancien compte /

interface Person {
  readonly id: string
  readonly name: string
}

/** A name that leads to the person's card, for whoever reads the directory; else the name alone. */
export const PersonLink = ({ person }: { person: Person }) => {
  const me = useMaybeMe()
  return me && readsDirectory(me) && !gone.test(person.name) ? (
    <Link href={`/annuaire/${person.id}`}>{person.name}</Link>
  ) : (
    person.name
  )
}

/** « Claire Dufau (CC des Graves) », or the structure alone where its person is not told. */
export const PersonOf = ({ person, structure }: { person: Person | null; structure: string }) =>
  person ? (
    <>
      <PersonLink person={person} /> ({structure})
    </>
  ) : (
    structure
  )
