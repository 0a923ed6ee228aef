import { endGrant } from '../../../contract/people-and-rights/grants.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { Reason } from '../accounts/reason-field.tsx'
import { type Grant, grantWords } from '../accounts/words.ts'

export const EndGrantDialog = ({ grant, onClose }: { grant: Grant; onClose: () => void }) => (
  <Dialog title="Mettre fin à l’habilitation" onClose={onClose}>
    <p>{grantWords(grant)}. Elle cesse aussitôt, même dans une session ouverte.</p>
    <Form
      submit="Mettre fin"
      done="L’habilitation a pris fin."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(endGrant, { params: { grantId: grant.id }, body: { reason: values.reason! }, idempotencyKey })
        await rightsChanged()
        onClose()
      }}
    >
      <Reason hint="La personne le lira" />
    </Form>
  </Dialog>
)
