import { type listConfirmations, settleConfirmations } from '../../../contract/people-and-rights/confirmations.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { Dialog, Form, TextArea } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { grantWords } from '../accounts/words.ts'

export type Confirmation = Reply<typeof listConfirmations>['items'][number]
export type Outcome = 'confirmed' | 'refused'

const titles = { confirmed: 'Confirmer', refused: 'Refuser' } as const
export const SettleDialog = ({
  outcome,
  waiting,
  onClose,
}: {
  outcome: Outcome
  waiting: readonly Confirmation[]
  onClose: () => void
}) => (
  <Dialog title={titles[outcome]} onClose={onClose}>
    <ul>
      {waiting.slice(0, 10).map(({ id, person, grant, email }) => (
        <li key={id}>
          {person.name} : {grant ? grantWords(grant) : `compte ${email ?? ''}`}
        </li>
      ))}
    </ul>
    {waiting.length > 10 && <p>Et {formatCount(waiting.length - 10, 'autre')}.</p>}
    {outcome === 'refused' && (
      <p>
        {waiting[0]!.grant
          ? 'L’habilitation prend fin aussitôt.'
          : 'Le compte est suspendu aussitôt, ses sessions closes.'}
      </p>
    )}
    <Form
      draft={{ name: 'confirmation', about: `${waiting[0]?.id}-${waiting.length}-${outcome}` }}
      submit={titles[outcome]}
      done={outcome === 'confirmed' ? 'C’est confirmé.' : 'C’est refusé.'}
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        await call(settleConfirmations, {
          body: { ids: waiting.map(({ id }) => id), outcome, reason: reason! },
          idempotencyKey,
        })
        await rightsChanged()
        onClose()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint={outcome === 'confirmed' ? 'Ce que vous avez vérifié' : 'La personne, et qui a décidé, le liront'}
        required
        maxLength={300}
        rows={2}
      />
    </Form>
  </Dialog>
)
