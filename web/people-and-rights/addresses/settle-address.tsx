import { ofName } from '../../../contract/names-in-french.ts'
import { settleAddressChange } from '../../../contract/people-and-rights/addresses.ts'
import { call } from '../../platform/api.ts'
import { useMe } from '../../platform/session.ts'
import { Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import type { AddressChange } from './queries.ts'

export interface Settling {
  readonly change: AddressChange
  readonly outcome: 'confirmed' | 'refused'
}

export const SettleAddressDialog = ({ change, outcome, onClose }: Settling & { onClose: () => void }) => {
  const me = useMe()
  const own = change.person.id === me.account.id
  const confirmed = outcome === 'confirmed'
  const title = confirmed
    ? 'Confirmer le changement d’adresse'
    : change.askedBy.id === me.account.id
      ? 'Annuler le changement d’adresse'
      : 'Refuser le changement d’adresse'
  return (
    <Dialog title={title} onClose={onClose}>
      {confirmed ? (
        <p>
          {own ? 'Votre compte' : `Le compte ${ofName(change.person.name)}`} aura l’adresse{' '}
          <strong>{change.email}</strong>. {own ? 'Vos autres sessions sont closes' : 'Ses sessions sont closes'}, et
          les liens reçus à {change.former} ne servent plus. Un courriel le dit aux deux adresses.
        </p>
      ) : (
        <p>L’adresse ne change pas. La personne, et qui l’a demandé, en sont prévenus.</p>
      )}
      <Form
        draft={{ name: 'address-answer', about: `${change.id}-${outcome}` }}
        submit={title}
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          await call(settleAddressChange, {
            params: { changeId: change.id },
            body: { outcome, reason: reason! },
            idempotencyKey,
          })
          tellReader(confirmed ? 'L’adresse est changée.' : 'L’adresse ne change pas.')
          await rightsChanged()
          onClose()
        }}
      >
        <TextArea
          name="reason"
          label="Motif"
          hint={confirmed ? 'Écrit dans le courriel aux deux adresses' : 'La personne, et qui a demandé, le liront'}
          required
          maxLength={300}
          rows={2}
        />
      </Form>
    </Dialog>
  )
}
