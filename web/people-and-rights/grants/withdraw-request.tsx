import { withdrawGrantRequest } from '../../../contract/people-and-rights/grants.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { grantWords } from '../accounts/words.ts'
import type { GrantRequest } from './words.ts'

export const WithdrawRequest = ({ request, onClose }: { request: GrantRequest; onClose: () => void }) => (
  <Dialog title="Retirer la demande" onClose={onClose}>
    <p>{grantWords(request)}. Elle n’attendra plus de décision ; vous pourrez la refaire.</p>
    <Form
      draft="choices"
      submit="Retirer"
      done="La demande est retirée."
      onCancel={onClose}
      onSubmit={async (_values, { idempotencyKey }) => {
        await call(withdrawGrantRequest, { params: { requestId: request.id }, idempotencyKey })
        await rightsChanged()
        onClose()
      }}
    >
      {null}
    </Form>
  </Dialog>
)
