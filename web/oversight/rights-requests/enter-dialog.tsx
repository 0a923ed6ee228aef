import { enterRightsRequest } from '../../../contract/oversight/rights-requests.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import { Dialog, Form, tellReader } from '../../ui/index.ts'
import { EntryFields } from './entry-fields.tsx'
import { keepRequest } from './queries.ts'
import { entryTyped } from './words.ts'

export const EnterDialog = ({ onClose }: { onClose: () => void }) => {
  const go = useGo()
  return (
    <Dialog title="Enregistrer une demande de droits" onClose={onClose}>
      <p>Le mois court du jour de réception, où que la demande soit arrivée dans votre structure.</p>
      <Form
        draft={{ name: 'rights-request' }}
        submit="Enregistrer la demande"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const request = await call(enterRightsRequest, { idempotencyKey, body: entryTyped(values) })
          await keepRequest(request)
          tellReader('La demande est enregistrée.')
          onClose()
          go(`/demandes-de-droits/${request.id}`)
        }}
      >
        <EntryFields />
      </Form>
    </Dialog>
  )
}
