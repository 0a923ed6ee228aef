import { formatCount } from '../../platform/format.ts'
import { Dialog, Form, Notice, TextArea } from '../../ui/index.ts'
import type { Choice } from './conflicts.ts'

export const TakeDialog = ({
  about,
  choice,
  onClose,
  take,
}: {
  about: string
  choice: Choice
  onClose: () => void
  take: (reason: string, key: string) => Promise<unknown>
}) => (
  <Dialog
    title={choice.count > 1 ? `Prendre ${formatCount(choice.count, 'établissement')}` : 'Prendre un établissement'}
    onClose={onClose}
  >
    <p>{choice.words}. Dites pourquoi votre campagne doit les contacter malgré tout.</p>
    {choice.kinds.includes('held') && (
      <Notice tone="warning">
        À l’ouverture, ceux qu’une autre campagne tient y seront mis de côté. Prévenez d’abord la structure qui s’en
        occupe : partager suffit souvent. Là où elle a fixé un rendez-vous, rien n’est pris sans son accord : elle est
        prévenue.
      </Notice>
    )}
    <Form
      draft={{ name: 'conflict-taking', about }}
      submit="Prendre"
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        await take(reason!.trim(), idempotencyKey)
        onClose()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="Gardé avec la décision, 300 caractères au plus"
        required
        maxLength={300}
        rows={3}
      />
    </Form>
  </Dialog>
)
