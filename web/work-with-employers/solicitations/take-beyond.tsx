import { takeTargetBeyond } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { lineName } from '../../platform/names.ts'
import { Dialog, Form } from '../../ui/index.ts'
import type { Target } from '../campaigns/words.ts'
import { ReasonField } from './reason-field.tsx'
import { leftWords } from './words.ts'

export interface Left {
  readonly leftThisMonth: number
  readonly leftThisWeek: number
}

/** « Je m’en occupe », where the budget of solicitations is spent. */
export const TakeBeyond = ({
  campaignId,
  target: { establishment },
  despite,
  left,
  onClose,
  onTaken,
}: {
  campaignId: string
  target: Target
  despite: boolean
  left: Left | undefined
  onClose: () => void
  onTaken: (target: Target) => void
}) => (
  <Dialog title="S’en occuper au-delà du budget ?" onClose={onClose}>
    <p>
      <strong>{lineName(establishment)}</strong> : le réseau a déjà utilisé ou réservé ses sollicitations.{' '}
      {left && leftWords(left)} Si vous devez le contacter tout de même, dites pourquoi.
    </p>
    <Form
      draft={{ name: 'take-beyond', about: `${campaignId}-${establishment.siret}` }}
      submit="M’en occuper"
      onCancel={onClose}
      onSubmit={async ({ reason = '' }, { idempotencyKey }) => {
        const params = { campaignId, siret: establishment.siret }
        const query = despite ? { despite } : {}
        onTaken(await call(takeTargetBeyond, { params, query, body: { reason: reason.trim() }, idempotencyKey }))
        onClose()
      }}
    >
      <ReasonField name="reason" />
    </Form>
  </Dialog>
)
