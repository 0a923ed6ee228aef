import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { linkCorrespondent } from '../../../contract/work-with-employers/correspondents/links.ts'
import { call } from '../../platform/api.ts'
import { Button, Refused, TextField, toast } from '../../ui/index.ts'
import { type Beside, besideQuery, placeWords } from './links.ts'
import { correspondentsChanged } from './queries.ts'
import { type Correspondent, personName } from './words.ts'

interface Props {
  siret: string
  onLinked: (person: Correspondent) => void
}
const few = 5

/** Who answers for the other establishments of the company: one press says that they answer for this one too. */
export const LinkBeside = ({ siret, onLinked }: Props) => {
  const [named, setNamed] = useState('')
  const [typed, setTyped] = useState('')
  const { data, error } = useQuery(besideQuery(siret, named))
  const all = useQuery(besideQuery(siret)).data?.items ?? []
  if (!all.length) return null
  const people = (data?.items ?? []).slice(0, few)
  return (
    <section className="cc-beside" aria-label="Déjà interlocuteurs d’un autre établissement de l’entreprise">
      <p className="fr-text--bold fr-mb-1w">Déjà interlocuteur d’un autre établissement de l’entreprise ?</p>
      {all.length > few && (
        <form
          className="cc-beside__search"
          onSubmit={event => {
            event.preventDefault()
            setNamed(typed.trim())
          }}
        >
          <TextField name="named" label="Chercher par nom" maxLength={100} value={typed} onChange={setTyped} />
          <Button size="small" priority="secondary" type="submit">
            Chercher
          </Button>
        </form>
      )}
      {error && <Refused problem={error} />}
      {people.length === 0 && data && <p>Personne de ce nom parmi les interlocuteurs que vous pouvez relier.</p>}
      <ul className="fr-raw-list cc-alike">
        {people.map(person => (
          <li key={person.id}>
            <span>
              {besideWords(person)} : {placeWords(person.place)}
            </span>
            <LinkOne siret={siret} person={person} onLinked={onLinked}>
              Relier à cet établissement<span className="fr-sr-only"> : {person.name}</span>
            </LinkOne>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const besideWords = ({ name, role }: Beside) => [name, role].filter(Boolean).join(', ')

interface OneProps extends Props {
  person: Beside
  children: React.ReactNode
}
export const LinkOne = ({ siret, person, onLinked, children }: OneProps) => {
  const link = useMutation({
    mutationFn: () =>
      call(linkCorrespondent, { params: { siret, correspondentId: person.id }, ifMatch: person.version }),
    onSuccess: async linked => {
      await correspondentsChanged()
      toast(`Interlocuteur relié : ${personName(linked)}.`)
      onLinked(linked)
    },
    // Somebody changed the card meanwhile: what they wrote is shown.
    onError: () => void correspondentsChanged(),
  })
  return (
    <>
      <Button size="small" priority="secondary" busy={link.isPending} onClick={() => link.mutate()}>
        {children}
      </Button>
      {link.error && <Refused problem={link.error} />}
    </>
  )
}
