import { useState } from 'react'
import {
  proposeAmendment,
  recallConvention,
  signAmendment,
  signConvention,
} from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { addDays, today } from '../../platform/format.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { Checkbox, DateField, Dialog, Form, TextArea, TextField } from '../../ui/index.ts'
import { type ConventionDialog, day, upload } from './dialog-part.ts'
import { keepChanged } from './queries.ts'
import { UploadField } from './upload-field.tsx'
import { partyWords } from './words.ts'

export const SignDialog = ({ convention, onClose, amendmentId }: ConventionDialog & { amendmentId?: string }) => {
  const [paper, setPaper] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const amendment = convention.amendments.find(one => one.id === amendmentId)
  const documentId = amendment?.documentId ?? convention.documentId!
  const document = convention.documents.find(one => one.id === documentId)!
  return (
    <Dialog title={amendment ? `Signer l’avenant n° ${amendment.number}` : 'Signer la convention'} onClose={onClose}>
      <p>
        Vous signez pour {partyWords(convention.actsFor!, convention)} ce document, et aucun autre :{' '}
        <a href={`/api/conventions/${convention.id}/documents/${documentId}`} download>
          {document.name}
        </a>
        .
      </p>
      <p className="cc-hash">
        Empreinte (SHA-256) : <code>{document.sha256}</code>
      </p>
      <Form
        submit={paper ? 'Déposer l’exemplaire signé' : 'Signer'}
        onCancel={onClose}
        onSubmit={async ({ signedOn }, { idempotencyKey }) => {
          if (paper && !file)
            throw new ApiProblem('convention/not-a-pdf', 422, {
              title: 'Fichier attendu',
              detail: 'Joignez l’exemplaire signé, en PDF.',
            })
          const body = {
            sha256: document.sha256,
            paper: paper ? { file: (await upload(file))!, signedOn: signedOn! } : null,
          }
          await keepChanged(
            'La signature est enregistrée.',
            amendment
              ? await call(signAmendment, {
                  params: { conventionId: convention.id, amendmentId: amendment.id },
                  idempotencyKey,
                  body,
                })
              : await call(signConvention, { params: { conventionId: convention.id }, idempotencyKey, body }),
          )
          onClose()
        }}
      >
        <Checkbox
          label="Le document est signé sur papier : je dépose l’exemplaire signé"
          checked={paper}
          onChange={setPaper}
        />
        {paper && (
          <>
            <DateField
              name="signedOn"
              label="Signé le"
              hint="La signature vaut à la fin de ce jour."
              required
              max={today()}
            />
            <UploadField label="Exemplaire signé" file={file} onChange={setFile} />
          </>
        )}
      </Form>
    </Dialog>
  )
}

export const AmendmentDialog = ({ convention, onClose }: ConventionDialog) => {
  const [moves, setMoves] = useState(false)
  const [ends, setEnds] = useState(false)
  return (
    <Dialog title="Proposer un avenant" onClose={onClose}>
      <p>
        Il porte le n° {Math.max(0, ...convention.amendments.map(one => one.number)) + 1} et prend effet à la seconde
        des deux signatures.
      </p>
      <Form
        submit="Proposer l’avenant"
        onCancel={onClose}
        onSubmit={async ({ title, body, termOn }, { idempotencyKey }) => {
          await keepChanged(
            'L’avenant est proposé.',
            await call(proposeAmendment, {
              params: { conventionId: convention.id },
              idempotencyKey,
              body: { title: title!, body: body!, termOn: moves ? day(termOn) : null, renews: !(moves && ends) },
            }),
          )
          onClose()
        }}
      >
        <TextField name="title" label="Objet" required maxLength={200} />
        <TextArea name="body" label="Texte" required rows={6} maxLength={20_000} />
        <Checkbox label="Il change le terme de la période en cours" checked={moves} onChange={setMoves} />
        {moves && (
          <>
            <DateField name="termOn" label="Nouveau terme" required min={addDays(today(), 1)} />
            <Checkbox label="La convention prend fin ce jour-là, sans reconduction" checked={ends} onChange={setEnds} />
          </>
        )}
      </Form>
    </Dialog>
  )
}

export const RecallDialog = ({ convention, onClose }: ConventionDialog) => (
  <Dialog title="Reprendre le projet" onClose={onClose}>
    <p>
      Le document n’est plus à signer.{' '}
      {convention.state === 'signed-by-one' &&
        'La signature déjà donnée reste conservée, mais ne vaudra pas pour le prochain document.'}
    </p>
    <Form
      submit="Reprendre le projet"
      onCancel={onClose}
      onSubmit={async (_values, { idempotencyKey }) => {
        await keepChanged(
          'Le projet est repris.',
          await call(recallConvention, { params: { conventionId: convention.id }, idempotencyKey }),
        )
        onClose()
      }}
    >
      {null}
    </Form>
  </Dialog>
)
