import { useState } from 'react'
import { nameSignatory, registerPartner } from '../../../contract/agreement/conventions.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { Checkbox, type Choice, Dialog, Form, Section, TextField } from '../../ui/index.ts'
import { PartyFields, partyIn } from './party-fields.tsx'
import { conventionQuery } from './queries.ts'
import type { Convention } from './words.ts'

const IdentityFields = () => (
  <>
    <TextField name="givenName" label="Prénom" required maxLength={100} />
    <TextField name="familyName" label="Nom" required maxLength={100} />
    <TextField
      name="function"
      label="Fonction"
      hint="Par exemple : présidente, vice-président"
      required
      maxLength={120}
    />
    <TextField
      name="email"
      label="Courriel nominatif"
      hint="L’adresse de la personne, pas celle d’un service : elle s’en sert pour se connecter"
      type="email"
      required
      maxLength={254}
    />
  </>
)
const identityOf = (values: Record<string, string>) => ({
  givenName: values.givenName!,
  familyName: values.familyName!,
  function: values.function!,
  email: values.email!.trim(),
})

/** A structure that the service does not know yet, and who signs for it. */
export const RegisterPartnerDialog = ({
  onClose,
  onRegistered,
}: {
  onClose: () => void
  onRegistered: (partner: Choice) => void
}) => (
  <Dialog title="Enregistrer un partenaire" shape="side" onClose={onClose}>
    <p>
      La structure n’a encore ni compte ni droit : sa convention les ouvrira. La personne qui signe pour elle reçoit un
      courriel, et peut se connecter dès maintenant.
    </p>
    <Form
      draft={{ name: 'partner' }}
      submit="Enregistrer"
      done="Le partenaire est enregistré."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { id, name } = await call(registerPartner, {
          idempotencyKey,
          body: {
            ...partyIn(values),
            signatory: identityOf(values),
          },
        })
        onRegistered({ value: id, label: name })
      }}
    >
      <PartyFields />
      <Section title="Qui signe pour elle" level={3}>
        <IdentityFields />
      </Section>
    </Form>
  </Dialog>
)

export const NameSignatoryDialog = ({ convention, onClose }: { convention: Convention; onClose: () => void }) => {
  const [replaces, setReplaces] = useState(true)
  return (
    <Dialog title={`Nommer le signataire ${ofStructure(convention.organisation.name)}`} shape="side" onClose={onClose}>
      <p>
        Cette personne signera dans le service pour sa structure : la convention, ses avenants et les actes
        d’engagement. Elle en est prévenue par courriel ; un compte lui est ouvert si elle n’en a pas. Ce qui est déjà
        signé ne change pas.
      </p>
      <Form
        draft={{ name: 'signatory', about: convention.id }}
        submit="Nommer"
        done="Le signataire est nommé."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await call(nameSignatory, {
            params: { conventionId: convention.id },
            idempotencyKey,
            body: { ...identityOf(values), replaces },
          })
          await queryClient.invalidateQueries({ queryKey: conventionQuery(convention.id).queryKey })
          onClose()
        }}
      >
        <IdentityFields />
        <Checkbox label="Remplace qui signait jusqu’ici" checked={replaces} onChange={setReplaces} />
      </Form>
    </Dialog>
  )
}
