import { lazy, Suspense, useState } from 'react'
import {
  confirmCorrespondent,
  returnCorrespondent,
} from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { call } from '../../platform/api.ts'
import { useOneAct } from '../../platform/one-act.ts'
import { Badge, Button, Link, Refused, Sourced } from '../../ui/index.ts'
import { correspondentsChanged } from './queries.ts'
import { sourceOf } from './sources.ts'
import {
  type Correspondent,
  type Field,
  fieldLabels,
  informedSentence,
  nameLabels,
  personName,
  reasonWords,
  valueWords,
} from './words.ts'

const CorrectCorrespondent = lazy(() =>
  import('./correspondent-dialogs.tsx').then(m => ({ default: m.CorrectCorrespondent })),
)
const RetireCorrespondent = lazy(() =>
  import('./correspondent-dialogs.tsx').then(m => ({ default: m.RetireCorrespondent })),
)
const UnlinkCorrespondent = lazy(() => import('./unlink-dialog.tsx').then(m => ({ default: m.UnlinkCorrespondent })))
const PersonPlaces = lazy(() => import('./person-places.tsx').then(m => ({ default: m.PersonPlaces })))
const MergeCorrespondents = lazy(() => import('./merge-dialog.tsx').then(m => ({ default: m.MergeCorrespondents })))
const ObjectCorrespondent = lazy(() =>
  import('./objection-dialogs.tsx').then(m => ({ default: m.ObjectCorrespondent })),
)
const ObjectedPerson = lazy(() => import('./objected-person.tsx').then(m => ({ default: m.ObjectedPerson })))
const Choose = lazy(() => import('./settled-values.tsx').then(m => ({ default: m.Choose })))
const ProposedValues = lazy(() => import('./settled-values.tsx').then(m => ({ default: m.ProposedValues })))
const ValueHistory = lazy(() => import('./value-history.tsx').then(m => ({ default: m.ValueHistory })))
const MergedCards = lazy(() => import('./merged-cards.tsx').then(m => ({ default: m.MergedCards })))

const nameFields = ['civility', 'givenName', 'familyName'] as const

const useAct = (run: () => Promise<unknown>, said: string) => useOneAct(run, said, correspondentsChanged)

interface PersonProps {
  /** Of the establishment whose card is read: the person may have been noted elsewhere first. */
  siret: string
  person: Correspondent
  /** There is another card here to merge with. */
  several?: boolean
}
export const Person = ({ siret, person, several = false }: PersonProps) => {
  const { values, retired, retiredReason, informed, toConfirm } = person
  const of = (field: Field) => values.filter(value => value.field === field)
  const names = nameFields.flatMap(field => of(field).filter(({ proposed }) => !proposed))
  if (person.objected)
    return (
      <li className="cc-person">
        <Suspense fallback={null}>
          <ObjectedPerson person={person} />
        </Suspense>
      </li>
    )
  return (
    <li className="cc-person">
      <h3>
        {names.length
          ? names.map((value, at) => (
              <span key={value.id}>
                {at > 0 && ' '}
                <Sourced source={sourceOf(value)}>{value.value}</Sourced>
              </span>
            ))
          : 'Nom non renseigné'}
        {retired && (
          <>
            {' '}
            <Badge>{retiredReason ? reasonWords[retiredReason] : 'a quitté son poste'}</Badge>
          </>
        )}
        {toConfirm && (
          <>
            {' '}
            <Badge tone="warning">à confirmer</Badge>
          </>
        )}
      </h3>
      {nameFields
        .filter(field => of(field).length > 1)
        .map(field => (
          <Values key={field} label={nameLabels[field]} field={field} values={of(field)} person={person} />
        ))}
      {(Object.keys(fieldLabels) as Field[]).map(field => (
        <Values key={field} label={fieldLabels[field]!} field={field} values={of(field)} person={person} />
      ))}
      {person.places.some(place => place.siret !== siret) && (
        <Suspense fallback={null}>
          <PersonPlaces siret={siret} person={person} />
        </Suspense>
      )}
      {informed && <p className="cc-person__old">{informedSentence(informed)}</p>}
      {person.merged.length > 0 && (
        <Suspense fallback={null}>
          <MergedCards person={person} />
        </Suspense>
      )}
      <Acts siret={siret} person={person} several={several} />
      <PastValues siret={siret} person={person} />
    </li>
  )
}

const PastValues = ({ siret, person }: Omit<PersonProps, 'several'>) => {
  const [open, setOpen] = useState(false)
  return (
    <div className="cc-person__past">
      <Button size="small" priority="tertiary no outline" onClick={() => setOpen(true)}>
        Historique<span className="fr-sr-only"> : {personName(person)}</span>
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ValueHistory siret={siret} person={person} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

interface ValuesProps {
  label: string
  field: Field
  values: Correspondent['values']
  person: Correspondent
}
/** One value, or those that partners do not agree on, each with the press that retains it; then what is only proposed. */
const Values = ({ label, field, values, person }: ValuesProps) => {
  if (!values.length) return null
  const choosing = values.length > 1 && person.allowed.includes('choose')
  const standing = values.filter(({ proposed }) => !proposed)
  return (
    <div className="cc-person__line">
      <span className="cc-person__label">{label} : </span>
      {standing.map((value, at) => (
        <span key={value.id} className={choosing ? 'cc-person__choice' : undefined}>
          {at > 0 && <span className="cc-person__old"> ou </span>}
          <Sourced source={sourceOf(value)}>{valueWords(field, value.value)}</Sourced>
          <Reach field={field} value={value.value} person={person} />
          {choosing && standing.length > 1 && (
            <Suspense fallback={null}>
              <Choose person={person} value={value} field={field} />
            </Suspense>
          )}
        </span>
      ))}
      {standing.length < values.length && (
        <Suspense fallback={null}>
          <ProposedValues person={person} values={values.filter(({ proposed }) => proposed)} field={field} />
        </Suspense>
      )}
    </div>
  )
}

/** The number to press, the address to write to. */
const Reach = ({ field, value, person }: { field: Field; value: string; person: Correspondent }) => {
  if (person.retired) return null
  if (field === 'phone' || field === 'otherPhone')
    return (
      <Link className="cc-person__reach fr-icon-phone-line" href={`tel:${value}`}>
        <span className="fr-sr-only">
          Appeler {personName(person)} au {valueWords(field, value)}
        </span>
      </Link>
    )
  return field === 'email' ? (
    <Link className="cc-person__reach fr-icon-mail-line" href={`mailto:${value}`}>
      <span className="fr-sr-only">
        Écrire à {personName(person)}, {value}
      </span>
    </Link>
  ) : null
}

const Acts = ({ siret, person, several }: PersonProps) => {
  const { id, version, allowed, retired } = person
  const [open, setOpen] = useState<'correct' | 'retire' | 'unlink' | 'merge' | 'object' | null>(null)
  const close = () => setOpen(null)
  const sent = { params: { correspondentId: id }, ifMatch: version }
  const confirm = useAct(() => call(confirmCorrespondent, sent), `Toujours juste : ${personName(person)}.`)
  const back = useAct(() => call(returnCorrespondent, sent), `De nouveau en place : ${personName(person)}.`)
  if (!allowed.length) return null
  const which = <span className="fr-sr-only"> : {personName(person)}</span>
  const common = { size: 'small', priority: 'tertiary no outline' } as const
  const problem = confirm.error ?? back.error
  return (
    <>
      <div className="cc-person__acts">
        {allowed.includes('confirm') && (
          <Button {...common} icon="fr-icon-check-line" busy={confirm.isPending} onClick={() => confirm.mutate()}>
            Toujours juste{which}
          </Button>
        )}
        {allowed.includes('correct') && (
          <Button {...common} onClick={() => setOpen('correct')}>
            Corriger{which}
          </Button>
        )}
        {allowed.includes('retire') && siret === person.siret && (
          <Button {...common} onClick={() => setOpen('retire')}>
            Retirer{which}
          </Button>
        )}
        {person.places.some(place => place.siret === siret && place.mayUnlink) && (
          <Button {...common} onClick={() => setOpen('unlink')}>
            Délier{which}
          </Button>
        )}
        {several && allowed.includes('merge') && (
          <Button {...common} onClick={() => setOpen('merge')}>
            Fusionner{which}
          </Button>
        )}
        {(retired || siret !== person.siret) && allowed.includes('object') && (
          <Button {...common} onClick={() => setOpen('object')}>
            Noter une opposition{which}
          </Button>
        )}
        {allowed.includes('return') && (
          <Button {...common} busy={back.isPending} onClick={() => back.mutate()}>
            Remettre en place{which}
          </Button>
        )}
      </div>
      {problem && <Refused problem={problem} />}
      {open && (
        <Suspense fallback={null}>
          {open === 'correct' && <CorrectCorrespondent person={person} onClose={close} />}
          {open === 'retire' && (
            <RetireCorrespondent person={person} onClose={close} onObject={() => setOpen('object')} />
          )}
          {open === 'unlink' && <UnlinkCorrespondent siret={siret} person={person} onClose={close} />}
          {open === 'object' && <ObjectCorrespondent person={person} onClose={close} />}
          {open === 'merge' && <MergeCorrespondents siret={siret} person={person} onClose={close} />}
        </Suspense>
      )}
    </>
  )
}
