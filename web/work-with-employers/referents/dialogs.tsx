import { useQuery } from '@tanstack/react-query'
import { endReferent, nameReferent } from '../../../contract/work-with-employers/referents.ts'
import { PersonSelect } from '../../people-and-rights/directory/person-select.tsx'
import { call } from '../../platform/api.ts'
import { useMe } from '../../platform/session.ts'
import { Dialog, Form, Loaded, TextArea } from '../../ui/index.ts'
import { colleaguesQuery } from '../exchanges/queries.ts'
import { keepReferents, type Referent } from './queries.ts'

/** A colleague, who is told. */
export const NameDialog = ({ siret, onClose }: { siret: string; onClose: () => void }) => {
  const colleagues = useQuery(colleaguesQuery(siret))
  const me = useMe()
  return (
    <Dialog title="Nommer un collègue référent" onClose={onClose}>
      <p>La fiche le dit à tout le réseau. Votre collègue en est prévenu, et peut y mettre fin.</p>
      <Loaded query={colleagues} lines={2}>
        {({ items }) => {
          const others = items.filter(({ id }) => id !== me.account.id)
          return others.length === 0 ? (
            <p className="fr-mb-0">Aucun collègue de votre structure n’est habilité à travailler avec cet employeur.</p>
          ) : (
            <Form
              draft={{ name: 'referent', about: siret }}
              submit="Nommer référent"
              done="Le référent est nommé."
              onCancel={onClose}
              onSubmit={async (values, { idempotencyKey }) => {
                const body = { accountId: values['accountId']! }
                keepReferents(siret, await call(nameReferent, { params: { siret }, body, idempotencyKey }))
                onClose()
              }}
            >
              <PersonSelect name="accountId" label="Collègue" required people={others} />
            </Form>
          )
        }}
      </Loaded>
    </Dialog>
  )
}

/** Ended, it stays among those who were. */
export const EndDialog = ({ siret, referent, onClose }: { siret: string; referent: Referent; onClose: () => void }) => (
  <Dialog title="Mettre fin au rôle de référent" onClose={onClose}>
    <p>
      <strong>{referent.person?.name ?? referent.organisation.name}</strong> n’aura plus le rôle de référent de cet
      employeur à partir d’aujourd’hui. La fiche garde ses dates et ce motif.
    </p>
    <Form
      draft={{ name: 'referent-end', about: referent.id }}
      submit="Mettre fin au rôle"
      done="Le rôle est terminé."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const body = { reason: values['reason']!.trim() }
        keepReferents(siret, await call(endReferent, { params: { referentId: referent.id }, body, idempotencyKey }))
        onClose()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="Lu par qui lit la fiche. N’y nommez personne."
        required
        maxLength={300}
        rows={2}
      />
    </Form>
  </Dialog>
)
