import { type ReactNode, useState } from 'react'
import { decideDeed } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, RadioKeys, TextArea, tellReader } from '../../ui/index.ts'
import { DeedCard } from './deed-card.tsx'
import { rgcChanged } from './queries.ts'
import type { Deed } from './words.ts'

export const Read = ({ deed, onClose, more }: { deed: Deed; onClose: () => void; more: ReactNode }) => {
  const decides = deed.allowed.includes('accept')
  const [kind, setKind] = useState<'acceptation' | 'refus'>('acceptation')
  return (
    <Dialog title={`Acte d’engagement : ${deed.organisation.name}`} onClose={onClose}>
      <DeedCard deed={deed} more={more} />
      {decides && (
        <Form
          submit={kind === 'refus' ? 'Refuser par écrit' : 'Accepter'}
          onCancel={onClose}
          onSubmit={async (values, { idempotencyKey }) => {
            const { told, nobodyLeft } = await call(decideDeed, {
              params: { deedId: deed.id },
              body: { kind, reason: values.reason?.trim() || null },
              idempotencyKey,
            })
            await rgcChanged()
            tellReader('Votre réponse est enregistrée.', told, nobodyLeft)
            onClose()
          }}
        >
          <RadioKeys
            name="kind"
            label="Réponse"
            required
            value={kind}
            onChange={value => setKind(value as typeof kind)}
            options={[
              { value: 'acceptation', label: 'Accepter' },
              { value: 'refus', label: 'Refuser' },
            ]}
          />
          {kind === 'refus' && (
            <TextArea
              name="reason"
              label="Motif"
              hint="Il est envoyé à la structure, qui propose alors un nouvel acte"
              required
              maxLength={1000}
              rows={4}
            />
          )}
        </Form>
      )}
    </Dialog>
  )
}
