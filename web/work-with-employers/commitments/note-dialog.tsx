import { noteCommitment } from '../../../contract/work-with-employers/commitments.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, toast } from '../../ui/index.ts'
import { CommitmentFields, typedOf } from './commitment-fields.tsx'
import { commitmentsChanged } from './queries.ts'

export const NoteDialog = ({ siret, name, onClose }: { siret: string; name: string; onClose: () => void }) => (
  <Dialog title="Noter un engagement" shape="side" onClose={onClose}>
    <p>
      Ce à quoi <strong>{name}</strong> s’est engagé : lu par qui lit la fiche, corrigé par qui y enregistre des
      échanges.
    </p>
    <Form
      draft={{ name: 'commitment', about: siret }}
      submit="Noter l’engagement"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { kind } = await call(noteCommitment, { params: { siret }, body: typedOf(values), idempotencyKey })
        await commitmentsChanged()
        onClose()
        toast(`Engagement noté : ${kind.label}.`)
      }}
    >
      <CommitmentFields />
    </Form>
  </Dialog>
)
