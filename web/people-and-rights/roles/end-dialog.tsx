import { useQueryClient } from '@tanstack/react-query'
import { endOperatorRole } from '../../../contract/people-and-rights/roles.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, TextArea } from '../../ui/index.ts'
import { roleInWords, type Shown } from './words.tsx'

export default function EndDialog({ held, onClose }: { held: Shown; onClose: () => void }) {
  const queries = useQueryClient()
  return (
    <Dialog title="Mettre fin à un rôle" onClose={onClose}>
      <p>
        {held.person.name} ne tiendra plus le rôle <strong>{roleInWords(held)}</strong> dès sa prochaine demande. La
        personne, les autres administrateurs et les CSSI en sont prévenus.
      </p>
      <Form
        draft={{ name: 'end-role', about: held.id }}
        submit="Mettre fin au rôle"
        done="Le rôle a pris fin."
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          await call(endOperatorRole, { params: { roleId: held.id }, body: { reason: reason!.trim() }, idempotencyKey })
          await queries.invalidateQueries({ queryKey: ['operator-roles'] })
          onClose()
        }}
      >
        <TextArea name="reason" label="Motif" hint="La personne le lira" required maxLength={300} rows={2} />
      </Form>
    </Dialog>
  )
}
