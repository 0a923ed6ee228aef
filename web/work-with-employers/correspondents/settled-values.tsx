import {
  chooseCorrespondentValue,
  setCorrespondentValueAside,
} from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { call } from '../../platform/api.ts'
import { useOneAct } from '../../platform/one-act.ts'
import { Button, Refused, Sourced } from '../../ui/index.ts'
import { correspondentsChanged } from './queries.ts'
import { proposalSource, proposedBy, sourceOf } from './sources.ts'
import { type Correspondent, type Field, valueWords } from './words.ts'

type PersonValue = Correspondent['values'][number]
interface ValueProps {
  person: Correspondent
  value: PersonValue
  field: Field
}
/** The press that retains a value. */
export const Choose = ({ person, value, field }: ValueProps) => {
  const words = valueWords(field, value.value)
  const choose = useOneAct(
    () =>
      call(chooseCorrespondentValue, {
        params: { correspondentId: person.id },
        body: { valueId: value.id },
        ifMatch: person.version,
      }),
    `Valeur retenue : ${words}. L’autre reste dans l’historique.`,
    correspondentsChanged,
  )
  return (
    <>
      <Button size="small" priority="tertiary no outline" busy={choose.isPending} onClick={() => choose.mutate()}>
        Retenir<span className="fr-sr-only"> {words}</span>
      </Button>
      {choose.error && <Refused problem={choose.error} />}
    </>
  )
}

/** The press that sets a proposal aside. */
const SetAside = ({ person, value, field }: ValueProps) => {
  const words = valueWords(field, value.value)
  const setAside = useOneAct(
    () =>
      call(setCorrespondentValueAside, {
        params: { correspondentId: person.id },
        body: { valueId: value.id },
        ifMatch: person.version,
      }),
    `Valeur écartée : ${words}. Elle reste dans l’historique.`,
    correspondentsChanged,
  )
  return (
    <>
      <Button size="small" priority="tertiary no outline" busy={setAside.isPending} onClick={() => setAside.mutate()}>
        Écarter<span className="fr-sr-only"> {words}</span>
      </Button>
      {setAside.error && <Refused problem={setAside.error} />}
    </>
  )
}

/** What a stronger source says otherwise, each with who proposes it: retained, or set aside. */
export const ProposedValues = ({
  person,
  values,
  field,
}: Omit<ValueProps, 'value'> & { values: readonly PersonValue[] }) =>
  values.map(value => (
    <span key={value.id} className="cc-person__proposed">
      <span className="cc-person__old">{proposedBy(value)} : </span>
      <Sourced source={proposalSource(sourceOf(value), value.source)}>{valueWords(field, value.value)}</Sourced>
      {person.allowed.includes('choose') && (
        <>
          <Choose person={person} value={value} field={field} />
          <SetAside person={person} value={value} field={field} />
        </>
      )}
    </span>
  ))
