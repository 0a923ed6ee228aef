import { useState } from 'react'
import { endCommitment, withdrawCommitment } from '../../../contract/work-with-employers/commitments.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { DateField, Dialog, Form, TextArea, toast } from '../../ui/index.ts'
import { changedMeanwhile } from './changed-meanwhile.tsx'
import { type Commitment, commitmentsChanged } from './queries.ts'

interface Props {
  commitment: Commitment
  onClose: () => void
}
const ended = async (words: string, onClose: () => void) => {
  await commitmentsChanged()
  onClose()
  toast(words)
}
const Reason = () => (
  <TextArea
    name="reason"
    label="Motif"
    hint="Lu par qui lit la fiche. N’y nommez personne."
    required
    maxLength={300}
    rows={2}
  />
)

/** It held, and holds no more. */
export const EndDialog = ({ commitment, onClose }: Props) => {
  const [version, setVersion] = useState(commitment.version)
  return (
    <Dialog title={`Terminer : ${commitment.kind.label}`} onClose={onClose}>
      <p>L’engagement passe dans les engagements passés, avec ses dates et ce motif.</p>
      <Form
        draft={{ name: 'commitment-end', about: commitment.id, version }}
        submit="Terminer l’engagement"
        onCancel={onClose}
        explain={problem => changedMeanwhile(problem, setVersion)}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = { until: values['until']!, reason: values['reason']!.trim() }
          await call(endCommitment, { params: { commitmentId: commitment.id }, body, ifMatch: version, idempotencyKey })
          await ended(`Engagement terminé : ${commitment.kind.label}.`, onClose)
        }}
      >
        <DateField
          name="until"
          label="Terminé le"
          hint="Dernier jour où il a tenu"
          required
          min={commitment.since}
          max={today()}
          defaultValue={today()}
        />
        <Reason />
      </Form>
    </Dialog>
  )
}

/** It never was. */
export const WithdrawDialog = ({ commitment, onClose }: Props) => {
  const [version, setVersion] = useState(commitment.version)
  return (
    <Dialog title={`Retirer : ${commitment.kind.label}`} onClose={onClose}>
      <p>Pour un engagement noté par erreur. Il ne compte plus nulle part, et reste lisible dans l’historique.</p>
      <Form
        draft={{ name: 'commitment-withdrawal', about: commitment.id, version }}
        submit="Retirer l’engagement"
        onCancel={onClose}
        explain={problem => changedMeanwhile(problem, setVersion)}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = { reason: values['reason']!.trim() }
          await call(withdrawCommitment, {
            params: { commitmentId: commitment.id },
            body,
            ifMatch: version,
            idempotencyKey,
          })
          await ended(`Engagement retiré : ${commitment.kind.label}.`, onClose)
        }}
      >
        <Reason />
      </Form>
    </Dialog>
  )
}
