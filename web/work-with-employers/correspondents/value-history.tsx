import { useQuery } from '@tanstack/react-query'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { dayOf, formatDay } from '../../platform/format.ts'
import { Badge, Dialog, Loaded } from '../../ui/index.ts'
import { historyQuery } from './queries.ts'
import { sourceOf } from './sources.ts'
import { allLabels, type Correspondent, personName, typedFields, valueWords } from './words.ts'

interface Props {
  /** Of the establishment whose card is read. */
  siret: string
  person: Correspondent
  onClose: () => void
}
/** Every value ever noted of a person, field by field, the newest first, with who said it and until when it stood. */
export const ValueHistory = ({ siret, person, onClose }: Props) => {
  const query = useQuery(historyQuery(siret, person.id))
  return (
    <Dialog title={`Historique : ${personName(person)}`} shape="side" onClose={onClose}>
      <Loaded query={query} lines={4}>
        {({ values }) =>
          typedFields.map(field => {
            const said = values.filter(value => value.field === field)
            return said.length === 0 ? null : (
              <section key={field} className="cc-value-history">
                <h3>{allLabels[field]}</h3>
                <ul className="fr-raw-list">
                  {said.map(value => (
                    <li key={value.id}>
                      {value.replacedAt ? <s>{valueWords(field, value.value)}</s> : valueWords(field, value.value)}{' '}
                      {!value.replacedAt && <Badge tone="success">en cours</Badge>}
                      <br />
                      <span className="cc-person__old">
                        {sourceOf(value)}
                        {value.author && (
                          <>
                            , <PersonLink person={value.author} />
                          </>
                        )}
                        {value.replacedAt && ` ; écarté le ${formatDay(dayOf(value.replacedAt))}`}
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            )
          })
        }
      </Loaded>
    </Dialog>
  )
}
