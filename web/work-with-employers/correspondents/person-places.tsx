import { Link } from '../../ui/index.ts'
import { placeWords } from './links.ts'
import type { Correspondent } from './words.ts'

/** The other establishments that the person answers for. */
export const PersonPlaces = ({ siret, person }: { siret: string; person: Correspondent }) => {
  const others = person.places.filter(place => place.siret !== siret)
  return (
    <p>
      <span className="cc-person__label">Répond aussi pour : </span>
      {others.map((place, at) => (
        <span key={place.siret}>
          {at > 0 && ', '}
          <Link href={`/etablissements/${place.siret}`}>{placeWords(place)}</Link>
        </span>
      ))}
    </p>
  )
}
