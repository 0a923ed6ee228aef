import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../ui/index.ts'
import { correspondentsQuery } from './queries.ts'
import { type Correspondent, firstOf, metWords, personName, valueWords } from './words.ts'

interface Props {
  siret: string
  alike: readonly string[]
  onTake: (person: Correspondent) => void
  onAnother: () => void
}

/** Those already there who look alike: one is taken, or the person says that it is someone else. */
export const LikelyKnown = ({ siret, alike, onTake, onAnother }: Props) => {
  const { data } = useQuery(correspondentsQuery(siret))
  const [another, setAnother] = useState(false)
  const people = (data?.items ?? []).filter(({ id }) => alike.includes(id))
  if (another) return <p>Envoyez de nouveau : cette personne sera ajoutée à côté.</p>
  return (
    <>
      <p>Est-ce la même personne ?</p>
      <ul className="fr-raw-list cc-alike">
        {people.map(person => (
          <li key={person.id}>
            <span>
              {metWords(person)}
              {firstOf(person, 'phone') && `, ${valueWords('phone', firstOf(person, 'phone'))}`}
              {person.retired && ' (retirée)'}
            </span>
            <Button size="small" priority="secondary" onClick={() => onTake(person)}>
              C’est cette personne<span className="fr-sr-only"> : {personName(person)}</span>
            </Button>
          </li>
        ))}
      </ul>
      <Button
        size="small"
        priority="tertiary"
        onClick={() => {
          setAnother(true)
          onAnother()
        }}
      >
        C’est une autre personne
      </Button>
    </>
  )
}
