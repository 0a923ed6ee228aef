import { resetSecondFactors } from '../../../contract/signing-in/sign-in-help.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { toast } from '../../platform/toast.ts'
import { Dialog, Form, TextArea } from '../../ui/index.ts'

export const ResetDialog = ({
  accountId,
  name,
  told,
  onClose,
  onReset,
}: {
  accountId: string
  name: string
  /** The reason is told to the structure. */
  told: boolean
  onClose: () => void
  onReset: (answer: { code: string; endsAt: string }) => Promise<unknown>
}) => (
  <Dialog title="Réinitialiser le second facteur" onClose={onClose}>
    <Form
      draft={{ name: 'factors-reset', about: accountId }}
      submit="Réinitialiser"
      onCancel={onClose}
      onSubmit={async ({ reason }) => {
        // What it answers is shown once: sent again, it would be done again, so that it waits for the person.
        const { sessionsEnded, code, endsAt } = await call(resetSecondFactors, {
          params: { accountId },
          body: { reason: reason!.trim() },
        })
        toast(
          `Le second facteur est réinitialisé, et ${formatCount(sessionsEnded, 'session fermée', 'sessions fermées')}.`,
        )
        await onReset({ code, endsAt })
      }}
    >
      <p>
        Assurez-vous d’abord, de vive voix, que c’est bien <strong>{name}</strong> qui le demande. Tous ses seconds
        facteurs et codes de secours ne serviront plus, et ses sessions seront fermées. Un courriel l’en avertit.
      </p>
      <TextArea
        name="reason"
        label="Motif"
        hint={`Gardé au journal${told ? ' et dit à la structure' : ''}. Par exemple : téléphone perdu, identité vérifiée par téléphone`}
        required
        maxLength={300}
        rows={3}
      />
    </Form>
  </Dialog>
)
