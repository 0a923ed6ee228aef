import { useState } from 'react'
import {
  recallConvention,
  sendConvention,
  signAmendment,
  signConvention,
} from '../../../contract/agreement/conventions.ts'
import { ofName } from '../../../contract/names-in-french.ts'
import { UploadField, useUpload } from '../../people-and-rights/uploads/upload-field.tsx'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { Checkbox, DateField, Dialog, Form, Notice, roleList } from '../../ui/index.ts'
import { Digest } from '../texts/digest.tsx'
import type { ConventionDialog } from './dialog-part.ts'
import { composeDocument, keepChanged } from './queries.ts'
import { NotNamed } from './who-signs.tsx'
import { namedToSign, partyWords, signerOf } from './words.ts'

export const SignDialog = ({ convention, onClose, amendmentId }: ConventionDialog & { amendmentId?: string }) => {
  const signer = signerOf(convention, convention.actsFor, amendmentId ?? null)
  const [onPaper, setPaper] = useState(false)
  const paper = onPaper || !signer?.mine
  const upload = useUpload()
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
      <Digest hash={document.sha256} />
      {signer?.deputyId && (
        <p>{`${signer.name} signe en qualité de suppléant ${ofName(
          namedToSign(convention, convention.actsFor!, amendmentId ?? null) ?? 'votre signataire',
        )}.`}</p>
      )}
      {signer && !signer.mine && <NotNamed name={signer.name} />}
      <Form
        draft="choices"
        submit={paper ? 'Déposer l’exemplaire signé' : 'Signer'}
        onCancel={onClose}
        onSubmit={async ({ signedOn }, { idempotencyKey }) => {
          const body = {
            sha256: document.sha256,
            paper: paper ? { file: await upload.needed('l’exemplaire signé'), signedOn: signedOn! } : null,
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
        {signer?.mine && (
          <Checkbox
            label="Le document est signé sur papier : je dépose l’exemplaire signé"
            checked={onPaper}
            onChange={setPaper}
          />
        )}
        {paper && (
          <>
            <DateField
              name="signedOn"
              label="Signé le"
              hint="La signature vaut à la fin de ce jour."
              required
              max={today()}
            />
            <UploadField label="Exemplaire signé" upload={upload} />
          </>
        )}
      </Form>
    </Dialog>
  )
}

/** What would be refused is said before: each role, and where it is filled in. */
const MissingContacts = ({ convention }: Pick<ConventionDialog, 'convention'>) =>
  convention.missingContacts.length > 0 && (
    <Notice tone="warning" title="Des interlocuteurs manquent : l’envoi sera refusé">
      {(['partenaire', 'operateur'] as const)
        .map(party => ({ party, roles: convention.missingContacts.filter(one => one.party === party) }))
        .filter(({ roles }) => roles.length > 0)
        .map(({ party, roles }) => (
          <p key={party}>
            {party === 'partenaire' ? 'Annexe 2' : 'Annexe 2 bis'}, {partyWords(party, convention)} : {roleList(roles)}.
          </p>
        ))}
      <p>
        Fermez cette fenêtre, puis « Nommer » chacun dans « Interlocuteurs », sur cette page. Le partenaire peut nommer
        les siens ; tant qu’aucune convention n’est en vigueur, la direction régionale les inscrit aussi.
      </p>
    </Notice>
  )

/** Composes the document, then puts it to signature: what is sent says whom it reaches, and how it is taken back. */
export const SendDialog = ({ convention, onClose }: ConventionDialog) => (
  <Dialog title="Envoyer à la signature" onClose={onClose}>
    {convention.otherInForce && (
      <Notice tone="warning" title="Ce partenaire a déjà une convention en vigueur">
        <p>Tant qu’elle n’a pas pris fin, la seconde signature de celle-ci sera refusée.</p>
      </Notice>
    )}
    <MissingContacts convention={convention} />
    <p>
      Le document est composé, et les deux parties peuvent le signer. Le signataire du partenaire en est prévenu par
      courriel. Pour le modifier ensuite, reprenez le projet : les signatures déjà données ne vaudront plus.
    </p>
    <Form
      draft="choices"
      submit="Envoyer"
      busyWords="Le document se compose…"
      onCancel={onClose}
      // Composed anew at each attempt: it never goes again by itself.
      onSubmit={async () => {
        const { id } = await call(composeDocument, { params: { conventionId: convention.id }, timeoutMs: 60_000 })
        await keepChanged(
          'La convention est envoyée à la signature.',
          await call(sendConvention, { params: { conventionId: convention.id }, body: { documentId: id } }),
        )
        onClose()
      }}
    >
      {null}
    </Form>
  </Dialog>
)

export const RecallDialog = ({ convention, onClose }: ConventionDialog) => (
  <Dialog title="Reprendre le projet" onClose={onClose}>
    <p>
      Le document n’est plus à signer.{' '}
      {convention.state === 'signed-by-one' &&
        'La signature déjà donnée reste conservée, mais ne vaudra pas pour le prochain document.'}
    </p>
    <Form
      draft="choices"
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
