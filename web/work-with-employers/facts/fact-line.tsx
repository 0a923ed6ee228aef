import { lazy, Suspense, useState } from 'react'
import { chooseFact, confirmFact, setFactAside } from '../../../contract/work-with-employers/facts.ts'
import { call } from '../../platform/api.ts'
import { useOneAct } from '../../platform/one-act.ts'
import { Badge, Button, Link, Refused, Sourced } from '../../ui/index.ts'
import { proposalSource, proposedBy } from '../correspondents/sources.ts'
import { FactForm } from './fact-form.tsx'
import { type Fact, type FactValue, factsChanged } from './queries.ts'
import { addressOf, factSource, labelOf, valueWords } from './words.ts'

const FactHistory = lazy(() => import('./fact-history.tsx').then(m => ({ default: m.FactHistory })))
const small = { size: 'small', priority: 'tertiary no outline' } as const

interface Props {
  siret: string
  fact: Fact
  register: string | null
}
/** One field: what is said of it, the register beside, and what one may do; corrected in its place. */
export const FactLine = ({ siret, fact, register }: Props) => {
  const [open, setOpen] = useState<'form' | 'history' | null>(null)
  const { field, said, toConfirm } = fact
  const close = () => setOpen(null)
  const standing = said.filter(({ proposed }) => !proposed)
  return (
    <li className="cc-terrain-field">
      <h3>
        {labelOf(field)}
        {toConfirm && (
          <>
            {' '}
            <Badge tone="warning">à confirmer</Badge>
          </>
        )}
        {standing.length > 1 && (
          <>
            {' '}
            <Badge tone="info">{standing.length === 2 ? 'deux avis' : `${standing.length} avis`}</Badge>
          </>
        )}
      </h3>
      {open === 'form' ? (
        <FactForm siret={siret} fact={fact} onClose={close} />
      ) : (
        <>
          {standing.map(value => (
            <Said key={value.id} siret={siret} fact={fact} value={value} differs={standing.length > 1} />
          ))}
          {said
            .filter(({ proposed }) => proposed)
            .map(value => (
              <Said key={value.id} siret={siret} fact={fact} value={value} differs />
            ))}
          {register && <p className="cc-terrain-field__register">SIRENE : {register}</p>}
          <Acts
            siret={siret}
            fact={fact}
            onCorrect={() => setOpen('form')}
            {...(fact.version > said.length ? { onHistory: () => setOpen('history') } : {})}
          />
        </>
      )}
      {open === 'history' && (
        <Suspense fallback={null}>
          <FactHistory siret={siret} field={field} onClose={close} />
        </Suspense>
      )}
    </li>
  )
}

/** One value; where it `differs` from another, the press that retains it; proposed, the one that sets it aside. */
const Said = ({ siret, fact, value, differs }: Omit<Props, 'register'> & { value: FactValue; differs: boolean }) => {
  const { field, version, allowed } = fact
  const [words, address] = [valueWords(field, value.value), addressOf(field, value.value)]
  const choose = useOneAct(
    () => call(chooseFact, { params: { siret, field }, body: { valueId: value.id }, ifMatch: version }),
    `Valeur retenue : ${words}. L’autre reste dans l’historique.`,
    factsChanged,
  )
  const setAside = useOneAct(
    () => call(setFactAside, { params: { siret, field }, body: { valueId: value.id }, ifMatch: version }),
    `Valeur écartée : ${words}. Elle reste dans l’historique.`,
    factsChanged,
  )
  return (
    <div className="cc-terrain-field__said">
      {value.proposed && <span className="cc-terrain-field__by">{proposedBy(value)} : </span>}
      <Sourced source={value.proposed ? proposalSource(factSource(value), value.source) : factSource(value)}>
        {words}
      </Sourced>{' '}
      {address && (
        <Link href={address} {...(address.startsWith('http') ? { target: '_blank' } : {})}>
          {address.startsWith('http') ? 'Ouvrir' : 'Appeler'}
          <span className="fr-sr-only"> : {words}</span>
        </Link>
      )}
      {differs && (
        <span className="cc-terrain-field__by">
          {!value.proposed && value.organisationName}
          {allowed.includes('choose') && (
            <Button {...small} busy={choose.isPending} onClick={() => choose.mutate()}>
              Retenir<span className="fr-sr-only"> {words}</span>
            </Button>
          )}
          {value.proposed && allowed.includes('choose') && (
            <Button {...small} busy={setAside.isPending} onClick={() => setAside.mutate()}>
              Écarter<span className="fr-sr-only"> {words}</span>
            </Button>
          )}
        </span>
      )}
      {(choose.error ?? setAside.error) && <Refused problem={(choose.error ?? setAside.error)!} />}
    </div>
  )
}

const Acts = ({
  siret,
  fact: { field, version, allowed },
  onCorrect,
  onHistory,
}: Omit<Props, 'register'> & { onCorrect: () => void; onHistory?: () => void }) => {
  const confirm = useOneAct(
    () => call(confirmFact, { params: { siret, field }, ifMatch: version }),
    `Toujours juste : ${labelOf(field)}.`,
    factsChanged,
  )
  const which = <span className="fr-sr-only"> : {labelOf(field)}</span>
  return (
    <>
      <div className="cc-terrain-field__acts">
        {allowed.includes('confirm') && (
          <Button {...small} icon="fr-icon-check-line" busy={confirm.isPending} onClick={() => confirm.mutate()}>
            Toujours juste{which}
          </Button>
        )}
        {allowed.includes('note') && (
          <Button {...small} onClick={onCorrect}>
            Corriger{which}
          </Button>
        )}
        {onHistory && (
          <Button {...small} onClick={onHistory}>
            Historique{which}
          </Button>
        )}
      </div>
      {confirm.error && <Refused problem={confirm.error} />}
    </>
  )
}
