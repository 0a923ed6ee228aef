import { useState } from 'react'
import {
  holdable,
  liftLegalHold,
  type listLegalHolds,
  operatorHolds,
  placeLegalHold,
} from '../../../contract/oversight/retention.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { useMe } from '../../platform/session.ts'
import { DateField, Dialog, Form, RadioKeys, SelectField, TextArea, TextField, tellReader } from '../../ui/index.ts'
import { endingWords } from './words.ts'

export type LegalHold = Reply<typeof listLegalHolds>['items'][number]
type Ending = NonNullable<LegalHold['ending']>
/** What a hold keeps, and whose. */
export const scopeWords = ({ ending, account }: LegalHold) => (ending ? endingWords[ending] : (account?.name ?? ''))
export const structureWords = ({ organisation }: LegalHold) => organisation?.name ?? 'Toutes les structures'
const listsAgain = () => queryClient.invalidateQueries({ queryKey: ['legal-holds'] })

export const PlaceDialog = ({ onClose }: { onClose: () => void }) => {
  const ofOperator = useMe().organisation.kind === 'operateur'
  const [scope, setScope] = useState('data')
  const options = holdable
    .filter(one => ofOperator || !operatorHolds.includes(one))
    .map(value => ({ value, label: endingWords[value] }))
    .toSorted((one, other) => one.label.localeCompare(other.label, 'fr'))
  return (
    <Dialog title="Suspendre un effacement" onClose={onClose}>
      <p>
        Ce que la suspension couvre reste gardé tant qu’elle est en cours, même passé son terme. Ce qui est déjà effacé
        ne revient pas.
      </p>
      <Form
        draft={{ name: 'legal-hold' }}
        submit="Suspendre l’effacement"
        onCancel={onClose}
        onSubmit={async ({ ending, email, reason, until }, { idempotencyKey }) => {
          await call(placeLegalHold, {
            idempotencyKey,
            body: {
              ...(scope === 'data' ? { ending: ending as Ending } : { email: email! }),
              reason: reason!,
              until: until || null,
            },
          })
          await listsAgain()
          tellReader('L’effacement est suspendu.')
          onClose()
        }}
      >
        <RadioKeys
          name="scope"
          label="Ce qui est à garder"
          required
          value={scope}
          onChange={setScope}
          layout="column"
          options={[
            {
              value: 'data',
              label: 'Une sorte de données',
              hint: ofOperator ? 'De toutes les structures' : 'De votre structure',
            },
            {
              value: 'account',
              label: 'Ce qui est gardé d’une personne',
              hint: 'Elle a un compte, ou en avait un à son départ. Les détails du journal n’en font pas partie',
            },
          ]}
        />
        {scope === 'data' ? (
          <SelectField name="ending" label="Données" required options={options} />
        ) : (
          <TextField name="email" label="Adresse de messagerie" type="email" required maxLength={254} />
        )}
        <TextArea
          name="reason"
          label="Motif"
          hint={
            ofOperator && scope === 'data'
              ? 'Les DPD de toutes les structures le lisent : n’y nommez personne'
              : 'Les DPD de la structure concernée et de l’opérateur le lisent'
          }
          required
          maxLength={500}
          rows={3}
        />
        <DateField
          name="until"
          label="Dernier jour"
          hint="Laissez-le vide pour garder jusqu’à ce que vous leviez la suspension"
          min={today()}
        />
      </Form>
    </Dialog>
  )
}

export const LiftDialog = ({ hold, onClose }: { hold: LegalHold; onClose: () => void }) => (
  <Dialog title="Lever la suspension" onClose={onClose}>
    <p>
      <strong>{scopeWords(hold)}</strong> ({structureWords(hold)})
    </p>
    <p>Ce qui est arrivé à son terme entre-temps s’efface au plus tard la nuit suivante, sans retour.</p>
    <Form
      draft={{ name: 'legal-hold-lift', about: hold.id }}
      submit="Lever la suspension"
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        await call(liftLegalHold, { params: { holdId: hold.id }, idempotencyKey, body: { reason: reason! } })
        await listsAgain()
        tellReader('La suspension est levée.')
        onClose()
      }}
    >
      <TextArea name="reason" label="Motif" required maxLength={500} rows={3} />
    </Form>
  </Dialog>
)
