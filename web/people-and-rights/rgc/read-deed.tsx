import { type ReactNode, useState } from 'react'
import { decideDeed } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { CheckboxGroup, Dialog, Form, RadioKeys, TextArea, tellReader } from '../../ui/index.ts'
import { useToldApart } from '../directory/person-select.tsx'
import { DeedCard } from './deed-card.tsx'
import { rgcChanged } from './queries.ts'
import type { Deed } from './words.ts'

export const Read = ({ deed, onClose, more }: { deed: Deed; onClose: () => void; more: ReactNode }) => {
  const decides = deed.allowed.includes('accept')
  const [refused, setRefused] = useState<readonly string[]>(() => deed.members.map(({ person }) => person.id))
  const [missing, setMissing] = useState(false)
  const nameOf = useToldApart(deed.members.map(({ person }) => person))
  const [kind, setKind] = useState<'acceptation' | 'refus'>('acceptation')
  return (
    <Dialog title={`Acte d’engagement : ${deed.organisation.name}`} onClose={onClose}>
      <DeedCard deed={deed} more={more} />
      {decides && (
        <Form
          draft={{ name: 'deed-decision', about: deed.id }}
          submit={kind === 'refus' ? 'Refuser par écrit' : 'Accepter'}
          onCancel={onClose}
          onSubmit={async (values, { idempotencyKey }) => {
            if (kind === 'refus' && refused.length === 0) {
              setMissing(true)
              return false
            }
            const { told, nobodyLeft } = await call(decideDeed, {
              params: { deedId: deed.id },
              body: {
                kind,
                reason: values.reason?.trim() || null,
                ...(kind === 'refus' ? { refused: [...refused] } : {}),
              },
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
          {kind === 'refus' && deed.members.length > 1 && (
            <CheckboxGroup
              name="refused"
              label="Personnes refusées"
              value={refused}
              onChange={chosen => {
                setRefused(chosen)
                setMissing(false)
              }}
              {...(missing ? { error: 'Choisissez au moins une personne.' } : {})}
              options={deed.members.map(({ person }) => ({ value: person.id, label: nameOf(person) }))}
            />
          )}
          {kind === 'refus' && (
            <p className="fr-text--sm">
              Une personne refusée n’est plus proposée sous cette convention : la structure en propose une autre.
            </p>
          )}
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
