import { useMaybeMe } from '../../platform/session.ts'
import { Link } from '../../ui/index.ts'
import { readsDirectory } from './reads-directory.ts'

/** Who has left is nobody's to reach. */
const gone = /^Ancien compte /

/** A name that leads to the person's card, for whoever reads the directory; else the name alone. */
export const PersonLink = ({ person }: { person: { readonly id: string; readonly name: string } }) => {
  const me = useMaybeMe()
  return me && readsDirectory(me) && !gone.test(person.name) ? (
    <Link href={`/annuaire/${person.id}`}>{person.name}</Link>
  ) : (
    person.name
  )
}
