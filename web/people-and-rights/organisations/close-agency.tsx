import { closeAgency, reopenAgency } from '../../../contract/people-and-rights/organisations.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { Reason } from '../accounts/reason-field.tsx'
import type { Agency } from './structure-parts.ts'

/** Closes an agency, or opens again one that is closed. */
export const CloseAgencyDialog = ({ agency, onClose }: { agency: Agency; onClose: () => void }) => {
  const reopens = agency.closed !== null
  return (
    <Dialog title={`${reopens ? 'Rouvrir' : 'Fermer'} ${agency.name}`} onClose={onClose}>
      <p>
        {reopens
          ? 'Des habilitations peuvent de nouveau porter sur elle.'
          : 'Aucune habilitation ne portera plus sur elle, et l’annuaire ne la nomme plus. Les habilitations passées gardent son nom.'}
      </p>
      <Form
        draft={{ name: 'agency-close', about: `${agency.id}-${reopens ? 'reopen' : 'close'}` }}
        submit={reopens ? 'Rouvrir l’agence' : 'Fermer l’agence'}
        done={reopens ? 'L’agence est rouverte.' : 'L’agence est fermée.'}
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          await call(reopens ? reopenAgency : closeAgency, {
            params: { agencyId: agency.id },
            body: { reason: reason! },
            idempotencyKey,
          })
          await rightsChanged()
          onClose()
        }}
      >
        <Reason hint="Gardé dans le journal" />
      </Form>
    </Dialog>
  )
}
