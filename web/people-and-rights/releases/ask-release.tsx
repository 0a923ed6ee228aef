import { askAddressRelease } from '../../../contract/people-and-rights/releases.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import { Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'

export interface Wanted {
  readonly email: string
  readonly givenName: string
  readonly familyName: string
}
/** One step from the refusal of an opening: nothing tells where the other account is. */
export const AskReleaseDialog = ({ wanted, onClose }: { wanted: Wanted; onClose: () => void }) => {
  const go = useGo()
  return (
    <Dialog title="Demander la libération de l’adresse" onClose={onClose}>
      <p>
        L’adresse {wanted.email} est celle d’un compte d’une autre structure. Si {wanted.givenName} {wanted.familyName}{' '}
        l’a quittée, cette structure est invitée à enregistrer son départ. Elle a trois jours pour répondre ; ensuite,
        le correspondant sécurité de l’opérateur (CSSI) décide. La personne en est prévenue à cette adresse.
      </p>
      <Form
        draft="own"
        submit="Demander la libération"
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          await call(askAddressRelease, { body: { ...wanted, reason: reason! }, idempotencyKey })
          await rightsChanged()
          tellReader('La libération est demandée : la réponse vous sera signalée par courriel.', null)
          go('/habilitations/liberations')
        }}
      >
        <TextArea
          name="reason"
          label="Motif"
          hint="Le CSSI le lira ; l’ancienne structure, non"
          required
          maxLength={300}
          rows={3}
        />
      </Form>
    </Dialog>
  )
}
