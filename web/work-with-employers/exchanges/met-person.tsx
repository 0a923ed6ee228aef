import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { opensData, useMe } from '../../platform/session.ts'
import { TextField } from '../../ui/index.ts'
import { correspondentsQuery } from '../correspondents/queries.ts'
import { metWords } from '../correspondents/words.ts'
import { peopleMet } from './last-time.ts'
import { namedBy } from './met-choice.ts'
import { beforeContactQuery } from './queries.ts'
import type { Values } from './values.ts'

export const useInPlace = (siret: string) => {
  const { data } = useQuery({ ...correspondentsQuery(siret), retry: false })
  return { mayAdd: data?.mayAdd ?? false, people: (data?.items ?? []).filter(({ retired }) => !retired) }
}

export interface MetProps {
  siret: string
  values: Values
  onChange: (change: (values: Values) => Values) => void
}
/** The correspondents already known and those met lately are proposed; anyone else can be typed. */
export const MetField = ({ siret, values, onChange }: MetProps) => {
  const list = useId()
  const { people } = useInPlace(siret)
  const met = peopleMet(useQuery(beforeContactQuery(siret)).data?.lastContacts ?? [])
  const open = opensData(useMe(), 'interlocuteurs')
  if (!open && !values.personMet)
    return (
      <p className="fr-hint-text">La personne rencontrée ne se note pas : l’annexe 4 n’ouvre pas les interlocuteurs.</p>
    )
  return (
    <>
      <TextField
        name="personMet"
        label="Personne rencontrée"
        hint={open ? 'Nom et fonction' : 'À effacer : l’annexe 4 n’ouvre pas les interlocuteurs'}
        maxLength={160}
        value={values.personMet}
        onChange={typed =>
          onChange(before => ({ ...before, personMet: typed, correspondentId: namedBy(typed, people)?.id ?? '' }))
        }
        list={list}
      />
      <datalist id={list}>
        {[...new Set([...people.map(metWords), ...met])].filter(Boolean).map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}
