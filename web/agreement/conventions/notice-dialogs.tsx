import { useState } from 'react'
import { type ObligationCode, obligationWords, owedTo } from '../../../contract/agreement/conventions/obligations.ts'
import { giveNotice, notifyBreach, recordReceipt, withdraw } from '../../../contract/agreement/conventions.ts'
import { UploadField, useUpload } from '../../people-and-rights/uploads/upload-field.tsx'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { CheckboxGroup, DateField, Dialog, Form, RadioKeys, TextArea, TextField } from '../../ui/index.ts'
import { useConfirmedEnd } from './confirm-end.tsx'
import { type ConventionDialog, day } from './dialog-part.ts'
import { keepChanged } from './queries.ts'
import { type Convention, ofParty, otherParty } from './words.ts'

type Received = { received?: true | undefined }
/** In whose name it is entered: one's own, or the sender's of what one received (AGR-13). */
const sender = (convention: Convention, received: true | undefined) =>
  received ? otherParty(convention.actsFor!) : convention.actsFor!
const InItsName = () => (
  <p>
    L’autre partie, au nom de laquelle vous l’enregistrez, est prévenue aussitôt et peut le contester : cela n’a alors
    plus d’effet.
  </p>
)

export const NoticeDialog = ({ convention, onClose, received }: ConventionDialog & Received) => {
  const upload = useUpload()
  const end = useConfirmedEnd()
  return (
    <Dialog title={received ? 'Enregistrer un congé reçu' : 'Donner congé'} onClose={onClose}>
      {received && <InItsName />}
      <p>
        Au nom {ofParty(sender(convention, received), convention)}. La convention prend fin un mois après la réception,
        à 24 heures du même jour du mois, ou de son dernier jour. Jusque-là elle s’applique entièrement ; ensuite les
        habilitations n’ouvrent plus rien.
      </p>
      <Form
        draft={{ name: received ? 'notice-received' : 'notice', about: convention.id }}
        submit={end.isAsked ? 'Confirmer cette fin' : received ? 'Enregistrer le congé' : 'Donner congé'}
        explain={end.explain}
        onCancel={onClose}
        onSubmit={async ({ channel, sentOn, receivedOn }, { idempotencyKey }) => {
          await keepChanged(
            'Le congé est enregistré.',
            await end.asking(
              call(giveNotice, {
                params: { conventionId: convention.id },
                idempotencyKey,
                body: {
                  ...end.confirms,
                  party: sender(convention, received),
                  channel: channel as 'courrier',
                  sentOn: sentOn!,
                  receivedOn: day(receivedOn),
                  document: await upload.needed('la lettre ou le courriel'),
                },
              }),
            ),
          )
          onClose()
        }}
      >
        <RadioKeys
          name="channel"
          label="Par"
          required
          options={[
            { value: 'courrier', label: 'courrier' },
            { value: 'courriel', label: 'courriel' },
          ]}
          defaultValue="courrier"
        />
        <DateField name="sentOn" label="Envoyé le" required max={today()} defaultValue={today()} />
        <DateField
          name="receivedOn"
          label="Reçu le"
          hint="Laissez vide si la lettre est en chemin : vous le direz quand vous le saurez."
          max={today()}
        />
        <UploadField label="La lettre ou le courriel" upload={upload} />
      </Form>
    </Dialog>
  )
}

/** What the form cannot ask by itself: at least one of the boxes. */
const chosen = (clauses: readonly string[]) => {
  if (clauses.length === 0)
    throw new ApiProblem('convention/article-required', 422, {
      title: 'Obligation attendue',
      detail: 'Choisissez au moins une obligation essentielle.',
    })
  return clauses as ObligationCode[]
}

export const BreachDialog = ({ convention, onClose, received }: ConventionDialog & Received) => {
  const upload = useUpload()
  const end = useConfirmedEnd()
  const [clauses, setClauses] = useState<readonly string[]>([])
  const party = sender(convention, received)
  return (
    <Dialog title={received ? 'Enregistrer un manquement reçu' : 'Notifier un manquement'} onClose={onClose}>
      {received && <InItsName />}
      <p>
        Par lettre recommandée avec avis de réception. La convention prend fin un mois après la première présentation de
        la lettre, ou sa remise.
      </p>
      <Form
        submit={end.isAsked ? 'Confirmer cette fin' : received ? 'Enregistrer le manquement' : 'Notifier le manquement'}
        explain={end.explain}
        draft={{ name: received ? 'breach-received' : 'breach', about: convention.id, version: convention.version }}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await keepChanged(
            'Le manquement est enregistré.',
            await end.asking(
              call(notifyBreach, {
                params: { conventionId: convention.id },
                idempotencyKey,
                body: {
                  ...end.confirms,
                  party,
                  clauses: chosen(clauses),
                  otherArticle: clauses.includes('other') ? values['otherArticle']! : null,
                  obligation: values['obligation']!,
                  letterReference: values['letterReference']!,
                  sentOn: values['sentOn']!,
                  presentedOn: day(values['presentedOn']),
                  deliveredOn: day(values['deliveredOn']),
                  document: await upload.needed('la lettre'),
                },
              }),
            ),
          )
          onClose()
        }}
      >
        <CheckboxGroup
          name="clauses"
          label="Obligations essentielles en cause"
          hint={`Celles ${ofParty(otherParty(party), convention)}, qui reçoit la lettre.`}
          options={owedTo(party).map(code => ({ value: code, label: obligationWords(code, 'Une autre stipulation') }))}
          value={clauses}
          onChange={setClauses}
        />
        {clauses.includes('other') && (
          <TextField name="otherArticle" label="Article ou annexe" required maxLength={100} width="medium" />
        )}
        <TextArea
          name="obligation"
          label="Ce qui n’a pas été tenu"
          hint="En quelques phrases, comme la lettre le dit."
          required
          maxLength={1000}
        />
        <TextField
          name="letterReference"
          label="Référence de la lettre recommandée"
          required
          maxLength={60}
          width="medium"
        />
        <DateField name="sentOn" label="Envoyée le" required max={today()} defaultValue={today()} />
        <DateField name="presentedOn" label="Présentée le" max={today()} />
        <DateField name="deliveredOn" label="Remise le" max={today()} />
        <UploadField label="La lettre" upload={upload} />
      </Form>
    </Dialog>
  )
}

export const ReceiptDialog = ({
  convention,
  onClose,
  kind,
  id,
  only,
}: ConventionDialog & {
  kind: 'notice' | 'breach'
  id: string
  /** Its days are told: its acknowledgement alone is kept. */
  only?: boolean
}) => {
  const upload = useUpload()
  const end = useConfirmedEnd()
  return (
    <Dialog title={only ? 'Avis de réception' : 'Réception de la lettre'} onClose={onClose}>
      <p>{only ? 'Il est gardé avec la lettre et ne change aucune date.' : 'Le mois court de ce jour.'}</p>
      <Form
        draft={{ name: 'receipt', about: id }}
        submit={end.isAsked ? 'Confirmer cette fin' : only ? 'Déposer l’avis de réception' : 'Enregistrer la réception'}
        explain={end.explain}
        onCancel={onClose}
        onSubmit={async ({ receivedOn, presentedOn }, { idempotencyKey }) => {
          await keepChanged(
            only ? 'L’avis de réception est gardé.' : 'La réception est enregistrée.',
            await end.asking(
              call(recordReceipt, {
                params: { conventionId: convention.id },
                idempotencyKey,
                body: {
                  ...end.confirms,
                  kind,
                  id,
                  receivedOn: day(receivedOn),
                  presentedOn: day(presentedOn),
                  document: only ? await upload.needed('l’avis de réception') : await upload.joined(),
                },
              }),
            ),
          )
          onClose()
        }}
      >
        {!only && kind === 'breach' && <DateField name="presentedOn" label="Présentée le" max={today()} />}
        {!only && (
          <DateField
            name="receivedOn"
            label={kind === 'breach' ? 'Remise le' : 'Reçue le'}
            required={kind === 'notice'}
            max={today()}
          />
        )}
        <UploadField
          label={only ? 'Avis de réception' : 'Avis de réception, si vous l’avez'}
          upload={upload}
          optional={!only}
        />
      </Form>
    </Dialog>
  )
}

export const WithdrawDialog = ({
  convention,
  onClose,
  kind,
  id,
}: ConventionDialog & { kind: 'notice' | 'breach'; id: string }) => (
  <Dialog title={kind === 'notice' ? 'Renoncer au congé' : 'Renoncer au manquement notifié'} onClose={onClose}>
    <Form
      draft={{ name: 'letter-withdrawal', about: id }}
      submit="Renoncer"
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        await keepChanged(
          'C’est retiré.',
          await call(withdraw, {
            params: { conventionId: convention.id },
            idempotencyKey,
            body: { kind, id, reason: reason! },
          }),
        )
        onClose()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="Il reste écrit, avec votre nom et la date."
        required
        maxLength={500}
      />
    </Form>
  </Dialog>
)
