import { useState } from 'react'
import {
  giveNotice,
  nameContact,
  notifyBreach,
  proposeAmendment,
  recallConvention,
  recordReceipt,
  settleAuthority,
  signAmendment,
  signConvention,
  withdraw,
} from '../../contract/conventions.ts'
import { call } from '../platform/api.ts'
import { addDays, dayOf, formatDay, today } from '../platform/format.ts'
import { ApiProblem } from '../platform/problem.ts'
import { queryClient } from '../platform/query.ts'
import { Checkbox, DateField, Dialog, Form, Notice, RadioKeys, TextArea, TextField, tellReader } from '../ui/index.ts'
import { conventionQuery, keepChanged, keepConvention, uploadOf } from './queries.ts'
import { UploadField } from './upload-field.tsx'
import { type Convention, type Party, partyWords, type Role, roleWords } from './words.ts'

type Props = { convention: Convention; onClose: () => void }
const day = (value: string | undefined) => value || null
const upload = async (file: File | null) => (file ? uploadOf(file) : null)

export const NoticeDialog = ({ convention, onClose }: Props) => {
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

export const BreachDialog = ({ convention, onClose }: Props) => {
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
        onSubmit={async (v, { idempotencyKey }) => {
          await keepChanged(
            'Le manquement est enregistré.',
            await call(notifyBreach, {
              params: { conventionId: convention.id },
              idempotencyKey,
              body: {
                obligation: v['obligation']!,
                letterReference: v['letterReference']!,
                sentOn: v['sentOn']!,
                presentedOn: day(v['presentedOn']),
                deliveredOn: day(v['deliveredOn']),
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

export const ReceiptDialog = ({ convention, onClose, kind, id }: Props & { kind: 'notice' | 'breach'; id: string }) => (
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
}: Props & { kind: 'notice' | 'breach'; id: string }) => (
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

export const SignDialog = ({ convention, onClose, amendmentId }: Props & { amendmentId?: string }) => {
  const [paper, setPaper] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const amendment = convention.amendments.find(a => a.id === amendmentId)
  const documentId = amendment?.documentId ?? convention.documentId!
  const document = convention.documents.find(d => d.id === documentId)!
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

export const AmendmentDialog = ({ convention, onClose }: Props) => {
  const [moves, setMoves] = useState(false)
  const [ends, setEnds] = useState(false)
  return (
    <Dialog title="Proposer un avenant" onClose={onClose}>
      <p>
        Il porte le n° {Math.max(0, ...convention.amendments.map(a => a.number)) + 1} et prend effet à la seconde des
        deux signatures.
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

export const RecallDialog = ({ convention, onClose }: Props) => (
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

export const AuthorityFields = ({
  party,
  of,
}: {
  party: Party
  of?: Convention['signatories'][number] | undefined
}) => {
  const [local, setLocal] = useState(of?.localAuthority ?? party === 'partenaire')
  const name = (field: string) => `${party}.${field}`
  return (
    <>
      <TextField
        name={name('act')}
        label="Acte qui l’habilite à signer"
        hint="Délibération, délégation, statuts : sa nature et son numéro."
        maxLength={300}
        {...(of?.act ? { defaultValue: of.act } : {})}
      />
      <DateField name={name('actOn')} label="Date de cet acte" {...(of?.actOn ? { defaultValue: of.actOn } : {})} />
      <Checkbox
        label="C’est une collectivité territoriale ou un groupement"
        name={name('localAuthority')}
        checked={local}
        onChange={setLocal}
      />
      {local && (
        <>
          <DateField
            name={name('prefectureOn')}
            label="Reçu en préfecture le"
            {...(of?.prefectureOn ? { defaultValue: of.prefectureOn } : {})}
          />
          <DateField
            name={name('publishedOn')}
            label="Publié le"
            {...(of?.publishedOn ? { defaultValue: of.publishedOn } : {})}
          />
        </>
      )}
    </>
  )
}
export const authorityOf = (values: Record<string, string>, party: Party) => {
  const value = (field: string) => values[`${party}.${field}`]?.trim() || null
  const localAuthority = values[`${party}.localAuthority`] !== undefined
  return {
    act: value('act'),
    actOn: value('actOn'),
    localAuthority,
    prefectureOn: localAuthority ? value('prefectureOn') : null,
    publishedOn: localAuthority ? value('publishedOn') : null,
  }
}
export const AuthorityDialog = ({ convention, onClose, party }: Props & { party: Party }) => {
  const of = convention.signatories.find(s => s.party === party)!
  return (
    <Dialog title={`Acte qui habilite ${of.name}`} onClose={onClose}>
      <Form
        submit="Enregistrer"
        done="L’acte est enregistré."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await keepConvention(
            await call(settleAuthority, {
              params: { conventionId: convention.id, party },
              idempotencyKey,
              body: { name: of.name, capacity: of.capacity, ...authorityOf(values, party) },
            }),
          )
          onClose()
        }}
      >
        <AuthorityFields party={party} of={of} />
      </Form>
    </Dialog>
  )
}

export const ContactDialog = ({ convention, onClose, role }: Props & { role: Role }) => {
  const party = convention.actsFor ?? 'partenaire'
  const current = convention.contacts.find(c => c.party === party && c.role === role && c.endsAt === null)
  return (
    <Dialog title={roleWords[role]} onClose={onClose}>
      {current && (
        <Notice>{`Depuis le ${formatDay(dayOf(current.startsAt))} : ${current.name}. Ses coordonnées restent dans l’historique.`}</Notice>
      )}
      <Form
        submit="Nommer"
        onCancel={onClose}
        onSubmit={async ({ name, email, telephone }, { idempotencyKey }) => {
          const { told } = await call(nameContact, {
            params: { role },
            idempotencyKey,
            body: {
              name: name!,
              email: email!,
              telephone: telephone || null,
              regionId: party === 'operateur' ? convention.region.id : null,
            },
          })
          await queryClient.invalidateQueries({ queryKey: conventionQuery(convention.id).queryKey })
          tellReader('L’interlocuteur est nommé.', told)
          onClose()
        }}
      >
        <TextField name="name" label="Nom, ou nom du service" required maxLength={200} />
        <TextField name="email" label="Adresse électronique" type="email" required maxLength={254} />
        <TextField name="telephone" label="Téléphone" type="tel" maxLength={30} width="medium" />
      </Form>
    </Dialog>
  )
}
