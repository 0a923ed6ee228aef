import { useState } from 'react'
import { correctCommitment } from '../../../contract/work-with-employers/commitments.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, toast } from '../../ui/index.ts'
import { changedMeanwhile } from './changed-meanwhile.tsx'
import { CommitmentFields, typedOf } from './commitment-fields.tsx'
import { type Commitment, commitmentsChanged } from './queries.ts'

export const CorrectDialog = ({ commitment, onClose }: { commitment: Commitment; onClose: () => void }) => {
  const [version, setVersion] = useState(commitment.version)
  const { id, kind, since, until, evidence } = commitment
  return (
    <Dialog title={`Corriger : ${kind.label}`} shape="side" onClose={onClose}>
      <p>La version d’avant reste dans l’historique, avec son auteur.</p>
      <Form
        draft={{ name: 'commitment-correction', about: id, version }}
        submit="Enregistrer la correction"
        onCancel={onClose}
        explain={problem => changedMeanwhile(problem, setVersion)}
        onSubmit={async (values, { idempotencyKey }) => {
          await call(correctCommitment, {
            params: { commitmentId: id },
            body: typedOf(values),
            ifMatch: version,
            idempotencyKey,
          })
          await commitmentsChanged()
          onClose()
          toast('Engagement corrigé.')
        }}
      >
        <CommitmentFields start={{ kindId: kind.id, since, until, evidence }} />
      </Form>
    </Dialog>
  )
}
