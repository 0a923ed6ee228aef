import { useState } from 'react'
import {
  type ObligationCode,
  obligationCodes,
  obligationWords,
} from '../../../contract/agreement/conventions/obligations.ts'
import { attemptManners, openDisagreement, recordDisagreementStep } from '../../../contract/agreement/disagreements.ts'
import { UploadField, useUpload } from '../../people-and-rights/uploads/upload-field.tsx'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { CheckboxGroup, DateField, Dialog, Form, RadioKeys, TextArea, TextField } from '../../ui/index.ts'
import { keepDisagreements } from './queries.ts'
import { type Disagreement, type Manner, mannerWords, type StepKind, stepWords } from './words.ts'

export const OpenDialog = ({ conventionId, onClose }: { conventionId: string; onClose: () => void }) => {
  const [clauses, setClauses] = useState<readonly string[]>([])
  return (
    <Dialog title="Ouvrir un différend" onClose={onClose}>
      <p>
        L’autre partie est prévenue aussitôt. L’article 11 demande de chercher d’abord un accord amiable. Un différend
        ne change ni la convention ni les accès.
      </p>
      <Form
        submit="Ouvrir le différend"
        draft={{ name: 'disagreement', about: conventionId }}
        onCancel={onClose}
        onSubmit={async ({ subject, statement, aroseOn }, { idempotencyKey }) => {
          keepDisagreements(
            'Le différend est ouvert.',
            await call(openDisagreement, {
              params: { conventionId },
              idempotencyKey,
              body: {
                subject: subject!,
                statement: statement!,
                aroseOn: aroseOn!,
                clauses: clauses as ObligationCode[],
              },
            }),
          )
          onClose()
        }}
      >
        <TextField name="subject" label="Objet" required maxLength={200} />
        <TextArea
          name="statement"
          label="Ce qui oppose les parties"
          hint="Les faits et ce que chacun demande. L’autre partie le lit."
          required
          rows={5}
          maxLength={4000}
        />
        <DateField name="aroseOn" label="Né le" required max={today()} />
        <CheckboxGroup
          name="clauses"
          label="Articles en cause (facultatif)"
          options={obligationCodes.map(code => ({
            value: code,
            label: obligationWords(code, 'Une autre stipulation'),
          }))}
          value={clauses}
          onChange={setClauses}
        />
      </Form>
    </Dialog>
  )
}

export const StepDialog = ({
  conventionId,
  one,
  kind,
  onClose,
}: {
  conventionId: string
  one: Disagreement
  kind: StepKind
  onClose: () => void
}) => {
  const upload = useUpload()
  const words = stepWords[kind]
  return (
    <Dialog title={`Différend n° ${one.number} : ${words.act.toLowerCase()}`} onClose={onClose}>
      <p>L’autre partie est prévenue aussitôt. Ce qui est noté n’est jamais réécrit.</p>
      <Form
        submit={words.act}
        draft={{ name: `disagreement-${kind}`, about: one.id }}
        onCancel={onClose}
        onSubmit={async ({ manner, happenedOn, summary, court }, { idempotencyKey }) => {
          keepDisagreements(
            words.done,
            await call(recordDisagreementStep, {
              params: { conventionId, disagreementId: one.id },
              idempotencyKey,
              body: {
                kind,
                manner: kind === 'attempt' ? (manner as Manner) : null,
                happenedOn: happenedOn!,
                summary: summary!,
                court: kind === 'fail' ? court! : null,
                document: await upload.joined(),
              },
            }),
          )
          onClose()
        }}
      >
        {kind === 'attempt' && (
          <RadioKeys
            name="manner"
            label="Par"
            required
            options={attemptManners.map(value => ({ value, label: mannerWords[value] }))}
            defaultValue="meeting"
          />
        )}
        <DateField name="happenedOn" label="Le" required min={one.aroseOn} max={today()} defaultValue={today()} />
        <TextArea name="summary" label={words.asks} required rows={4} maxLength={4000} />
        {kind === 'fail' && (
          <TextField
            name="court"
            label="Tribunal compétent"
            hint="Celui que l’article 11 de la convention désigne."
            required
            maxLength={200}
          />
        )}
        <UploadField label="Pièce" upload={upload} optional />
      </Form>
    </Dialog>
  )
}
