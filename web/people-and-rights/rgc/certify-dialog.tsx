import { ofName } from '../../../contract/names-in-french.ts'
import { recordCertificate } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { DateField, Dialog, Form } from '../../ui/index.ts'
import { UploadField, useUpload } from '../uploads/upload-field.tsx'
import { rgcChanged } from './queries.ts'

export interface Named {
  readonly id: string
  readonly name: string
}
export const Certify = ({ person, onClose }: { person: Named; onClose: () => void }) => {
  const upload = useUpload()
  return (
    <Dialog title={`Attestation du module RGC ${ofName(person.name)}`} onClose={onClose}>
      <Form
        draft="choices"
        submit="Enregistrer"
        done="L’attestation est enregistrée."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const file = await upload.needed('l’attestation')
          await call(recordCertificate, {
            body: { accountId: person.id, issuedOn: values.issuedOn!, file },
            idempotencyKey,
          })
          await rgcChanged()
          onClose()
        }}
      >
        <DateField name="issuedOn" label="Date de l’attestation" required max={today()} />
        <UploadField label="Fichier reçu" upload={upload} />
      </Form>
    </Dialog>
  )
}
