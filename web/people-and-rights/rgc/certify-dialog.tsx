import { useState } from 'react'
import { recordCertificate } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { base64Of } from '../../platform/base64.ts'
import { today } from '../../platform/format.ts'
import { DateField, Dialog, FileField, Form } from '../../ui/index.ts'
import { rgcChanged } from './queries.ts'

export interface Named {
  readonly id: string
  readonly name: string
}
export const Certify = ({ person, onClose }: { person: Named; onClose: () => void }) => {
  const [file, setFile] = useState<{ name: string; content: string } | null>(null)
  const [error, setError] = useState<string>()
  const read = async (chosen: File) => {
    if (chosen.size > 1_400_000) return setError('Ce fichier dépasse 1,4 Mo.')
    setError(undefined)
    setFile({ name: chosen.name, content: await base64Of(chosen) })
  }
  return (
    <Dialog title={`Attestation du module RGC de ${person.name}`} onClose={onClose}>
      <Form
        submit="Enregistrer"
        done="L’attestation est enregistrée."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          if (!file) return setError('Choisissez le fichier de l’attestation.')
          await call(recordCertificate, {
            body: { accountId: person.id, issuedOn: values.issuedOn!, fileName: file.name, content: file.content },
            idempotencyKey,
          })
          await rgcChanged()
          onClose()
        }}
      >
        <DateField name="issuedOn" label="Date de l’attestation" required max={today()} />
        <FileField
          label="Fichier reçu"
          hint={file ? `Choisi : ${file.name}` : 'En PDF, 1,4 Mo au plus'}
          accept="application/pdf,.pdf"
          error={error}
          onFile={chosen => void read(chosen)}
        />
      </Form>
    </Dialog>
  )
}
