import { useState } from 'react'
import { giveNotice, notifyBreach, recordReceipt, withdraw } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { DateField, Dialog, Form, RadioKeys, TextArea, TextField } from '../../ui/index.ts'
import { type ConventionDialog, day, upload } from './dialog-part.ts'
import { keepChanged } from './queries.ts'
import { UploadField } from './upload-field.tsx'
import { partyWords } from './words.ts'

export const NoticeDialog = ({ convention, onClose }: ConventionDialog) => {
  const [file, setFile] = useState<File | null>(null)
  return (
    <Dialog title="Donner congé" onClose={onClose}>
      <p>
        Au nom de {partyWords(convention.actsFor!, convention)}. La convention prend fin un mois après la réception, à
        24 heures du même jour du mois, ou de son dernier jour. Jusque-là elle s’applique entièrement ; ensuite les
        habilitations n’ouvrent plus rien.
      </p>
      <Form
        submit="Donner congé"
        onCancel={onClose}
        onSubmit={async ({ channel, sentOn, receivedOn }, { idempotencyKey }) => {
          await keepChanged(
            'Le congé est enregistré.',
            await call(giveNotice, {
              params: { conventionId: convention.id },
              idempotencyKey,
              body: {
                channel: channel as 'courrier',
                sentOn: sentOn!,
                receivedOn: day(receivedOn),
                document: await upload(file),
              },
            }),
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
        <UploadField label="La lettre ou le courriel" file={file} onChange={setFile} />
      </Form>
    </Dialog>
  )
}

export const BreachDialog = ({ convention, onClose }: ConventionDialog) => {
  const [file, setFile] = useState<File | null>(null)
  return (
    <Dialog title="Notifier un manquement" onClose={onClose}>
      <p>
        Par lettre recommandée avec avis de réception. La convention prend fin un mois après la première présentation de
        la lettre, ou sa remise.
      </p>
      <Form
        submit="Notifier le manquement"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await keepChanged(
            'Le manquement est enregistré.',
            await call(notifyBreach, {
              params: { conventionId: convention.id },
              idempotencyKey,
              body: {
                obligation: values['obligation']!,
                letterReference: values['letterReference']!,
                sentOn: values['sentOn']!,
                presentedOn: day(values['presentedOn']),
                deliveredOn: day(values['deliveredOn']),
                document: await upload(file),
              },
            }),
          )
          onClose()
        }}
      >
        <TextArea
          name="obligation"
          label="Obligation essentielle en cause"
          hint="L’article, et ce qui n’a pas été tenu."
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
        <UploadField label="La lettre" file={file} onChange={setFile} />
      </Form>
    </Dialog>
  )
}

export const ReceiptDialog = ({
  convention,
  onClose,
  kind,
  id,
}: ConventionDialog & { kind: 'notice' | 'breach'; id: string }) => (
  <Dialog title="Réception de la lettre" onClose={onClose}>
    <p>Le mois court de ce jour.</p>
    <Form
      submit="Enregistrer la réception"
      onCancel={onClose}
      onSubmit={async ({ receivedOn, presentedOn }, { idempotencyKey }) => {
        await keepChanged(
          'La réception est enregistrée.',
          await call(recordReceipt, {
            params: { conventionId: convention.id },
            idempotencyKey,
            body: { kind, id, receivedOn: day(receivedOn), presentedOn: day(presentedOn) },
          }),
        )
        onClose()
      }}
    >
      {kind === 'breach' && <DateField name="presentedOn" label="Présentée le" max={today()} />}
      <DateField
        name="receivedOn"
        label={kind === 'breach' ? 'Remise le' : 'Reçue le'}
        required={kind === 'notice'}
        max={today()}
      />
    </Form>
  </Dialog>
)

export const WithdrawDialog = ({
  convention,
  onClose,
  kind,
  id,
}: ConventionDialog & { kind: 'notice' | 'breach'; id: string }) => (
  <Dialog title={kind === 'notice' ? 'Renoncer au congé' : 'Renoncer au manquement notifié'} onClose={onClose}>
    <Form
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
