import { askSecondAccount } from '../../../contract/people-and-rights/second-accounts.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import type { Wanted } from '../releases/ask-release.tsx'

/** Beside the form of the account, never in it: a form holds no other. */
export const AskSecondDialog = ({
  wanted,
  done,
  onClose,
}: {
  wanted: Wanted
  done: () => void
  onClose: () => void
}) => (
  <Dialog title="Demander un second compte" onClose={onClose}>
    <p>
      L’adresse {wanted.email} est celle d’un compte d’une autre structure. Si {wanted.givenName} {wanted.familyName}{' '}
      travaille aussi pour la vôtre, demandez-lui son accord : la personne le donne dans son compte d’aujourd’hui, dans
      les trente jours. Ses deux comptes ne mêlent rien, et elle choisit sa structure en se connectant.
    </p>
    <Form
      draft="own"
      submit="Demander son accord"
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        await call(askSecondAccount, { body: { ...wanted, reason: reason! }, idempotencyKey })
        await rightsChanged()
        tellReader('La demande est faite : la réponse vous sera signalée par courriel.', null)
        done()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="La personne et le CSSI le liront ; l’autre structure, non"
        required
        maxLength={300}
        rows={3}
      />
    </Form>
  </Dialog>
)
