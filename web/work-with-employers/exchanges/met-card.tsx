import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '../../ui/index.ts'
import { besideWords, LinkOne } from '../correspondents/link-beside.tsx'
import { besideQuery, maybeBeside, placeWords } from '../correspondents/links.ts'
import { type Correspondent, cutName, metWords } from '../correspondents/words.ts'
import { maybeMet } from './met-choice.ts'
import { type MetProps, useInPlace } from './met-person.tsx'
import type { Values } from './values.ts'

const AddCorrespondent = lazy(() =>
  import('../correspondents/correspondent-dialogs.tsx').then(m => ({ default: m.AddCorrespondent })),
)

const chosen = (person: Correspondent) => (values: Values) => ({
  ...values,
  personMet: metWords(person),
  correspondentId: person.id,
})

/** The card of whom one met: linked, proposed by the surname, or made without leaving the exchange. */
export const MetCard = ({ siret, values, onChange }: MetProps) => {
  const { mayAdd, people } = useInPlace(siret)
  const [adding, setAdding] = useState(false)
  const met = values.personMet.trim()
  const linked = people.find(({ id }) => id === values.correspondentId)
  const maybe = maybeMet(met, people).slice(0, 3)
  // Names are asked once somebody was typed whom nobody here is: each reading is in the trail.
  const sought = mayAdd && met.length > 2 && !linked && maybe.length === 0
  const { data } = useQuery({ ...besideQuery(siret), enabled: sought, retry: false })
  const beside = maybeBeside(met, data?.items ?? []).slice(0, 3)
  if (adding) return <Adding siret={siret} met={met} onChange={onChange} onClose={() => setAdding(false)} />
  if (met.length < 2) return null
  if (linked) return <p className="cc-exchange__met">Rencontre reliée à la fiche : {metWords(linked)}.</p>
  if (maybe.length)
    return (
      <div className="cc-exchange__met">
        <span>Est-ce un interlocuteur connu ?</span>
        {maybe.map(person => (
          <Button key={person.id} size="small" priority="tertiary" onClick={() => onChange(chosen(person))}>
            C’est {metWords(person)}
          </Button>
        ))}
      </div>
    )
  return mayAdd ? (
    <div className="cc-exchange__met">
      {beside.map(person => (
        <LinkOne key={person.id} siret={siret} person={person} onLinked={linked => onChange(chosen(linked))}>
          Relier {besideWords(person)}, de {placeWords(person.place)}
        </LinkOne>
      ))}
      <span>« {met} » n’est pas parmi les interlocuteurs.</span>
      <Button size="small" priority="tertiary" icon="fr-icon-add-line" onClick={() => setAdding(true)}>
        Ajouter aux interlocuteurs
      </Button>
    </div>
  ) : null
}

interface AddingProps extends Pick<MetProps, 'siret' | 'onChange'> {
  met: string
  onClose: () => void
}
/** Outside the form of the exchange: a form holds no other. */
const Adding = ({ siret, met, onChange, onClose }: AddingProps) =>
  createPortal(
    <Suspense fallback={null}>
      <AddCorrespondent
        siret={siret}
        start={cutName(met)}
        onAdded={person => onChange(chosen(person))}
        onClose={onClose}
      />
    </Suspense>,
    document.body,
  )
