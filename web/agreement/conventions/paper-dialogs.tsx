import { useState } from 'react'
import { answerEntry, correctDate, enterSignatures } from '../../../contract/agreement/conventions.ts'
import { UploadField, useUpload } from '../../people-and-rights/uploads/upload-field.tsx'
import { call } from '../../platform/api.ts'
import { dayOf, today } from '../../platform/format.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { Checkbox, DateField, Dialog, Form, TextArea, TextField } from '../../ui/index.ts'
import { useConfirmedEnd } from './confirm-end.tsx'
import { type ConventionDialog, day } from './dialog-part.ts'
import { keepChanged } from './queries.ts'
import {
  awaitsParty,
  type Convention,
  type LetterKind,
  namedToSign,
  ofParty,
  type Party,
  partyWords,
  signedOn,
  signerOf,
} from './words.ts'

type DayName = 'sentOn' | 'receivedOn' | 'presentedOn' | 'deliveredOn' | 'signedOn'
const dayLabels: Record<DayName, string> = {
  sentOn: 'Envoyée le',
  receivedOn: 'Reçue le',
  presentedOn: 'Présentée le',
  deliveredOn: 'Remise le',
  signedOn: 'Signé le',
}
/** The days that one's party told of a letter or a paper, as they are recorded. */
const daysOf = (convention: Convention, kind: LetterKind, id: string): (readonly [DayName, string | null])[] => {
  const notice = convention.notices.find(one => one.id === id)
  const breach = convention.breaches.find(one => one.id === id)
  const signature = convention.signatures.find(one => one.id === id)
  return kind === 'notice' && notice
    ? [['sentOn', notice.sentOn] as const, ['receivedOn', notice.receivedOn] as const].filter(([name]) =>
        notice.told.includes(name),
      )
    : kind === 'breach' && breach
      ? [
          ['sentOn', breach.sentOn] as const,
          ['presentedOn', breach.presentedOn] as const,
          ['deliveredOn', breach.deliveredOn] as const,
        ].filter(([name]) => breach.told.includes(name))
      : signature
        ? [['signedOn', signedOn(signature)]]
        : []
}

export const CorrectDialog = ({
  convention,
  onClose,
  kind,
  id,
}: ConventionDialog & { kind: LetterKind; id: string }) => {
  const days = daysOf(convention, kind, id)
  const end = useConfirmedEnd()
  return (
    <Dialog title="Corriger une date" onClose={onClose}>
      <p>
        L’autre partie est prévenue. L’ancienne date, la nouvelle, votre nom et votre motif restent sur cette page. Ce
        que l’erreur avait coupé revient aussitôt. Celle ou celui qui a donné la date ne la corrige pas.
      </p>
      <Form
        draft={{ name: 'date-correction', about: id }}
        submit={end.isAsked ? 'Confirmer cette fin' : 'Corriger'}
        explain={end.explain}
        onCancel={onClose}
        onSubmit={async ({ reason, ...values }, { idempotencyKey }) => {
          await keepChanged(
            'La date est corrigée.',
            await end.asking(
              call(correctDate, {
                params: { conventionId: convention.id },
                ifMatch: convention.version,
                idempotencyKey,
                body: {
                  ...end.confirms,
                  kind,
                  id,
                  reason: reason!,
                  ...Object.fromEntries(days.map(([name]) => [name, day(values[name])])),
                },
              }),
            ),
          )
          onClose()
        }}
      >
        {days.map(([name, value]) => (
          <DateField
            key={name}
            name={name}
            label={dayLabels[name]}
            required={name === 'sentOn' || name === 'signedOn'}
            max={today()}
            {...(value ? { defaultValue: value } : {})}
          />
        ))}
        <TextArea name="reason" label="Motif" hint="Ce qui était faux, et pourquoi." required maxLength={500} />
      </Form>
    </Dialog>
  )
}

export const AnswerDialog = ({
  convention,
  onClose,
  kind,
  id,
  answer,
}: ConventionDialog & { kind: LetterKind; id: string; answer: 'contest' | 'confirm' }) => {
  const contests = answer === 'contest'
  return (
    <Dialog title={contests ? 'Contester cet enregistrement' : 'Confirmer cet enregistrement'} onClose={onClose}>
      <p>
        {contests
          ? kind === 'signature'
            ? 'La signature ne compte plus. Si la convention repose sur elle, elle cesse d’avoir effet aussitôt, et les habilitations n’ouvrent plus rien.'
            : 'Cela n’a plus d’effet, et ce qui avait été coupé revient aussitôt. Vous pouvez encore le confirmer ensuite.'
          : 'Vous le reconnaissez comme venant de votre partie : il ne se conteste plus.'}
      </p>
      <Form
        draft={{ name: 'letter-answer', about: `${id}-${answer}` }}
        submit={contests ? 'Contester' : 'Confirmer'}
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          await keepChanged(
            contests ? 'C’est contesté.' : 'C’est confirmé.',
            await call(answerEntry, {
              params: { conventionId: convention.id },
              idempotencyKey,
              body: { kind, id, answer, reason: contests ? reason! : null },
            }),
          )
          onClose()
        }}
      >
        {contests ? (
          <TextArea name="reason" label="Motif" hint="L’autre partie le lit." required maxLength={500} />
        ) : null}
      </Form>
    </Dialog>
  )
}

/** The parties for which one may enter this document, and that have not signed it. */
const toEnter = (convention: Convention, documentId: string): Party[] =>
  convention.entersFor.filter(party => awaitsParty(convention, documentId, party))

export const EnterSignaturesDialog = ({
  convention,
  onClose,
  amendmentId,
}: ConventionDialog & { amendmentId: string | undefined }) => {
  const upload = useUpload()
  const amendment = convention.amendments.find(one => one.id === amendmentId)
  const documentId = amendment?.documentId ?? convention.documentId!
  const document = convention.documents.find(one => one.id === documentId)!
  const parties = toEnter(convention, documentId)
  const [signed, setSigned] = useState<readonly Party[]>(parties)
  return (
    <Dialog title="Enregistrer un exemplaire signé à la main" onClose={onClose}>
      <p>
        Il s’agit de « {document.name} ». La partie dont vous enregistrez la signature est prévenue aussitôt et peut la
        contester.
        {convention.actsFor === 'partenaire' &&
          ' La signature de l’opérateur compte quand il l’a confirmée sur cette page.'}
      </p>
      <Form
        draft={{ name: 'signatures', about: amendmentId ?? convention.id }}
        submit="Enregistrer l’exemplaire"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          if (signed.length === 0)
            throw new ApiProblem('request/malformed', 422, {
              title: 'Signature attendue',
              detail: 'Cochez au moins une partie qui a signé.',
            })
          await keepChanged(
            'L’exemplaire signé est enregistré.',
            await call(enterSignatures, {
              params: { conventionId: convention.id },
              idempotencyKey,
              body: {
                amendmentId: amendment?.id ?? null,
                sha256: document.sha256,
                file: await upload.needed('l’exemplaire signé'),
                signatures: signed.map(party => ({
                  party,
                  signedOn: values[`signedOn-${party}`]!,
                  signerName: values[`signerName-${party}`]!,
                })),
              },
            }),
          )
          onClose()
        }}
      >
        {parties.map(party => (
          <div key={party} className="fr-mb-3w">
            <Checkbox
              label={`Signé pour ${partyWords(party, convention)}`}
              checked={signed.includes(party)}
              onChange={on => setSigned(on ? [...signed, party] : signed.filter(one => one !== party))}
            />
            {signed.includes(party) && (
              <>
                <TextField
                  name={`signerName-${party}`}
                  label={`Nom de qui a signé pour ${partyWords(party, convention)}`}
                  required
                  maxLength={200}
                  defaultValue={
                    signerOf(convention, party, amendment?.id ?? null)?.name ??
                    namedToSign(convention, party, amendment?.id ?? null) ??
                    ''
                  }
                />
                <DateField
                  name={`signedOn-${party}`}
                  label={`Date de la signature ${ofParty(party, convention)}`}
                  hint="La signature vaut à la fin de ce jour."
                  required
                  max={today()}
                  defaultValue={dayOf(new Date())}
                />
              </>
            )}
          </div>
        ))}
        <UploadField label="Exemplaire signé" upload={upload} />
      </Form>
    </Dialog>
  )
}
