import { useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import {
  type Correspondent as CorrespondentSchema,
  type correspondentFields,
  listCorrespondents,
} from '../../../contract/work-with-employers/correspondents.ts'
import { call } from '../../platform/api.ts'
import { formatPhone } from '../../platform/format.ts'
import { Badge, Empty, Loaded, Section, Sourced } from '../../ui/index.ts'
import { type SourcedValue, sourceOf } from './sources.ts'
import './correspondents.css'

type Correspondent = Static<typeof CorrespondentSchema>
type Field = (typeof correspondentFields)[number]

const labels: Partial<Record<Field, string>> = {
  role: 'Fonction',
  phone: 'Téléphone',
  email: 'Courriel',
  postalAddress: 'Adresse',
}
const shown = ({ field, value }: SourcedValue) => (field === 'phone' ? formatPhone(value) : value)

/** The people known at this employer, each value with its source; two values in conflict stand side by side. */
export const Correspondents = ({ siret }: { siret: string }) => {
  const query = useQuery({
    queryKey: ['correspondents', siret],
    queryFn: ({ signal }) => call(listCorrespondents, { params: { siret }, signal }),
  })
  return (
    <Section title="Interlocuteurs" id="interlocuteurs">
      <Loaded
        query={query}
        lines={2}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucun interlocuteur connu">
              Notez qui vous avez rencontré dans vos échanges : la structure suivante saura qui demander.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <ul className="cc-people">
            {[...items]
              .sort((one, other) => Number(one.retired) - Number(other.retired))
              .map(person => (
                <Person key={person.id} person={person} />
              ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

const Person = ({ person: { values, retired } }: { person: Correspondent }) => {
  const of = (field: Field) => values.filter(value => value.field === field)
  const names = (['civility', 'givenName', 'familyName'] as const).flatMap(of)
  return (
    <li className="cc-person">
      <h3>
        {names.length
          ? names.map((value, at) => (
              <span key={`${value.field} ${value.value}`}>
                {at > 0 && ' '}
                <Sourced source={sourceOf(value)}>{value.value}</Sourced>
              </span>
            ))
          : 'Nom non renseigné'}
        {retired && (
          <>
            {' '}
            <Badge>a quitté son poste</Badge>
          </>
        )}
      </h3>
      {(Object.keys(labels) as Field[]).map(field => {
        const several = of(field)
        if (!several.length) return null
        return (
          <p key={field}>
            <span className="cc-person__label">{labels[field]} : </span>
            {several.map((value, at) => (
              <span key={value.value}>
                {at > 0 && <span className="cc-person__old"> ou </span>}
                <Sourced source={sourceOf(value)}>{shown(value)}</Sourced>
              </span>
            ))}
          </p>
        )
      })}
    </li>
  )
}
