import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { changeOperatorIdentity, getOperatorIdentity } from '../../../contract/agreement/conventions.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatSiret, today } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { SiretField, siretIn } from '../../territory-and-register/establishments/siret-field.tsx'
import {
  Button,
  ButtonRow,
  DateField,
  Dialog,
  Form,
  Loaded,
  Section,
  SelectField,
  TextArea,
  TextField,
  tellReader,
} from '../../ui/index.ts'
import { partnersWords } from './words.ts'

type Identity = Reply<typeof getOperatorIdentity>
type Line = Identity['history'][number]

const causeWords: Record<Line['cause'], string> = {
  registered: 'enregistrée',
  change: 'changement',
  merger: 'fusion',
  correction: 'correction',
}
const causes = [
  { value: 'change', label: 'Un changement : nom, SIRET ou adresse' },
  { value: 'correction', label: 'La correction d’une erreur' },
] as const
const identityKey = ['conventions', 'operator-identity']
const wordsOf = ({ name, siret, address }: Line) => `${name}, SIRET ${formatSiret(siret)}, ${address}`
const sinceOf = ({ since, cause, reason }: Line) => `depuis le ${formatDay(since)} (${causeWords[cause]} : ${reason})`

/** Who the operator is in the conventions, and was: what was signed keeps what it said (AGR-15). */
export const OperatorIdentity = () => {
  const query = useQuery({
    queryKey: identityKey,
    queryFn: ({ signal }) => call(getOperatorIdentity, { signal }),
  })
  const [changing, setChanging] = useState(false)
  return (
    <Section title="L’opérateur dans les conventions">
      <Loaded query={query} lines={2}>
        {identity => {
          const [current, ...past] = identity.history
          return (
            <>
              {current ? (
                <p>
                  {wordsOf(current)}
                  <span className="fr-hint-text">{sinceOf(current)}</span>
                </p>
              ) : (
                <p>
                  Son SIRET et son adresse ne sont pas encore enregistrés : les documents disent « l’opérateur France
                  Travail ». Une convention dont le modèle les demande ne peut pas être envoyée.
                </p>
              )}
              {past.length > 0 && (
                <>
                  <p className="fr-text--sm fr-mb-0">Auparavant :</p>
                  <ul className="fr-text--sm">
                    {past.map(line => (
                      <li key={line.version}>
                        {wordsOf(line)}, {sinceOf(line)}
                      </li>
                    ))}
                  </ul>
                </>
              )}
              {identity.allowed.includes('change') ? (
                <ButtonRow>
                  <Button priority="secondary" onClick={() => setChanging(true)}>
                    {current ? 'Corriger ou changer l’identité' : 'Enregistrer l’identité'}
                  </Button>
                </ButtonRow>
              ) : (
                <p className="fr-text--sm fr-mb-0">Les administrateurs de l’opérateur la tiennent à jour.</p>
              )}
              {changing && (
                <ChangeDialog version={identity.version} current={current} onClose={() => setChanging(false)} />
              )}
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

const ChangeDialog = ({
  version,
  current,
  onClose,
}: {
  version: number
  current: Line | undefined
  onClose: () => void
}) => (
  <Dialog title="Identité de l’opérateur" shape="side" onClose={onClose}>
    <p>
      Les documents composés désormais diront cette identité, et les projets seront à composer de nouveau. Ce qui est
      envoyé ou signé ne change pas. Les partenaires sous convention en sont avertis. La connexion par ProConnect ne
      change pas.
    </p>
    <Form
      draft={{ name: 'operator-identity', version }}
      submit="Enregistrer l’identité"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { partners, ...changed } = await call(changeOperatorIdentity, {
          ifMatch: version,
          idempotencyKey,
          body: {
            cause: current ? (values.cause as (typeof causes)[number]['value']) : 'change',
            since: values.since!,
            siret: siretIn(values.siret!),
            name: values.name!,
            address: values.address!,
            reason: values.reason!,
          },
        })
        queryClient.setQueryData(identityKey, changed)
        tellReader(`L’identité de l’opérateur est enregistrée.${partnersWords(partners)}`)
        onClose()
      }}
    >
      {current && (
        <SelectField name="cause" label="De quoi s’agit-il" required defaultValue="change" options={[...causes]} />
      )}
      <DateField
        name="since"
        label="Depuis le"
        hint={current ? 'Le jour de l’acte ; une correction garde le jour de ce qu’elle corrige' : 'Le jour de l’acte'}
        required
        {...(current ? { min: current.since } : {})}
        max={today()}
        defaultValue={today()}
      />
      <TextField name="name" label="Nom" required maxLength={200} defaultValue={current?.name ?? 'France Travail'} />
      <SiretField required current={current?.siret} />
      <TextField
        name="address"
        label="Adresse"
        required
        maxLength={300}
        {...(current ? { defaultValue: current.address } : {})}
      />
      <TextArea
        name="reason"
        label="Motif"
        hint="Le décret, la décision, ou l’erreur corrigée"
        required
        maxLength={500}
        rows={2}
      />
    </Form>
  </Dialog>
)
