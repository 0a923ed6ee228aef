import { askAddressRelease } from '../../../contract/people-and-rights/releases.ts'
import { call } from '../../platform/api.ts'
import { Button, ButtonRow, Dialog, Form, Link, TextArea, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'

export interface Wanted {
  readonly email: string
  readonly givenName: string
  readonly familyName: string
}
/** Beside the form of the account, never in it: a form holds no other. */
export const AskReleaseDialog = ({
  wanted,
  done,
  onClose,
}: {
  wanted: Wanted
  done: () => void
  onClose: () => void
}) => (
  <Dialog title="Demander la libération de l’adresse" onClose={onClose}>
    <p>
      L’adresse {wanted.email} est celle d’un compte d’une autre structure. Si {wanted.givenName} {wanted.familyName}{' '}
      l’a quittée, cette structure est invitée à enregistrer son départ. Elle a trois jours pour répondre ; ensuite, le
      correspondant sécurité de l’opérateur (CSSI) décide. La personne en est prévenue à cette adresse.
    </p>
    <Form
      draft="own"
      submit="Demander la libération"
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        await call(askAddressRelease, { body: { ...wanted, reason: reason! }, idempotencyKey })
        await rightsChanged()
        tellReader('La libération est demandée : la réponse vous sera signalée par courriel.', null)
        done()
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

export type Step = 'refused' | 'asking' | 'asked' | 'asking-second' | 'asked-second'
/** One step from the refusal of an opening: nothing tells where the other account is. `detail`: the refusal in words. */
export const AskRelease = ({
  detail,
  step,
  ask,
}: {
  detail: string
  step: Step
  ask: (next: 'asking' | 'asking-second') => void
}) => (
  <>
    <p>{detail}</p>
    {step === 'asked-second' ? (
      <p>
        L’accord de la personne est demandé. Suivez sa réponse dans{' '}
        <Link href="/habilitations/seconds-comptes">Seconds comptes</Link> ; ce que vous avez saisi ici vous attend sept
        jours.
      </p>
    ) : step === 'asked' ? (
      <p>
        La libération est demandée. Suivez-la dans <Link href="/habilitations/liberations">Libérations d’adresse</Link>{' '}
        ; ce que vous avez saisi ici vous attend sept jours.
      </p>
    ) : (
      <>
        <p>
          Si elle l’a quittée, demandez que l’adresse soit libérée. Si elle travaille pour les deux structures,
          demandez-lui d’accepter un second compte. Vous créerez ensuite son compte.
        </p>
        <ButtonRow>
          <Button size="small" priority="secondary" onClick={() => ask('asking')}>
            Demander la libération de l’adresse
          </Button>
          <Button size="small" priority="secondary" onClick={() => ask('asking-second')}>
            Demander un second compte
          </Button>
        </ButtonRow>
      </>
    )}
  </>
)
