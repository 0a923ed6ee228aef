import { useState } from 'react'
import { nameSignatory, registerPartner } from '../../../contract/agreement/conventions.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { NominativeFields, nominativeOf } from '../../people-and-rights/accounts/nominative-fields.tsx'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { Checkbox, type Choice, Dialog, Form, Section } from '../../ui/index.ts'
import { PartyFields, partyIn } from './party-fields.tsx'
import { conventionQuery } from './queries.ts'
import type { Convention } from './words.ts'

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
            signatory: nominativeOf(values),
          },
        })
        onRegistered({ value: id, label: name })
      }}
    >
      <PartyFields />
      <Section title="Qui signe pour elle" level={3}>
        <NominativeFields example="présidente, vice-président" />
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
            body: { ...nominativeOf(values), replaces },
          })
          await queryClient.invalidateQueries({ queryKey: conventionQuery(convention.id).queryKey })
          onClose()
        }}
      >
        <NominativeFields example="présidente, vice-président" />
        <Checkbox label="Remplace qui signait jusqu’ici" checked={replaces} onChange={setReplaces} />
      </Form>
    </Dialog>
  )
}
