import { useQueryClient } from '@tanstack/react-query'
import { endPartnerRole } from '../../../contract/agreement/partner-roles.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, TextArea } from '../../ui/index.ts'
import type { Held } from './words.ts'

export default function EndDialog({ held, onClose }: { held: Held; onClose: () => void }) {
  const queries = useQueryClient()
  return (
    <Dialog title="Mettre fin à un rôle" onClose={onClose}>
      <p>
        {held.person.name} ne tiendra plus le rôle <strong>{noticeRoleWords[held.role]}</strong> dès sa prochaine
        demande. L’annexe 2 n’en est pas changée. La personne, le signataire et les RGC en sont prévenus.
      </p>
      <Form
        draft={{ name: 'end-partner-role', about: held.id }}
        submit="Mettre fin au rôle"
        done="Le rôle a pris fin."
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          await call(endPartnerRole, { params: { roleId: held.id }, body: { reason: reason!.trim() }, idempotencyKey })
          await queries.invalidateQueries({ queryKey: ['partner-roles'] })
          onClose()
        }}
      >
        <TextArea name="reason" label="Motif" hint="La personne le lira" required maxLength={300} rows={2} />
      </Form>
    </Dialog>
  )
}
