import { useState } from 'react'
import { putTargetBack, setTargetAside } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { lineName } from '../../platform/names.ts'
import { asProblem } from '../../platform/problem.ts'
import { Dialog, Form, RadioKeys, TextArea } from '../../ui/index.ts'
import type { Campaign, Target } from '../campaigns/words.ts'

interface Props {
  target: Target
  campaign: Campaign
  onClose: () => void
  onDone: (target: Target) => void
}

export const AsideDialog = ({ target, campaign, onClose, onDone }: Props) => (
  <Dialog title="Mettre de côté" onClose={onClose}>
    <p>
      <strong>{lineName(target.establishment)}</strong>
      {target.establishment.town && `, ${target.establishment.town}`} ne sera plus à contacter dans cette campagne, et
      pourra être retenu par une autre.
    </p>
    <Form
      submit="Mettre de côté"
      done="La cible est mise de côté."
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        onDone(
          await call(setTargetAside, {
            params: { campaignId: campaign.id, siret: target.establishment.siret },
            body: { reason: reason!.trim() },
            idempotencyKey,
          }),
        )
        onClose()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="Les membres de la campagne le liront"
        required
        maxLength={300}
        rows={3}
      />
    </Form>
  </Dialog>
)

/** Asked at once; what another holds or met meanwhile asks how, and why. */
export const PutBackDialog = ({ target, campaign, onClose, onDone }: Props) => {
  const [followed, setFollowed] = useState(false)
  const [held, setHeld] = useState<'share' | 'take'>('share')
  return (
    <Dialog title="Remettre parmi les cibles" onClose={onClose}>
      <p>
        <strong>{lineName(target.establishment)}</strong>
        {target.establishment.town && `, ${target.establishment.town}`} sera de nouveau à contacter dans cette campagne,
        et lui sera réservé. Il avait été mis de côté : « {target.setAsideReason} ».
      </p>
      <Form
        submit="Remettre parmi les cibles"
        done="L’établissement est remis parmi les cibles."
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          try {
            onDone(
              await call(putTargetBack, {
                params: { campaignId: campaign.id, siret: target.establishment.siret },
                body: followed ? { held, contacted: 'take', reason: reason!.trim() } : {},
                idempotencyKey,
              }),
            )
            onClose()
          } catch (error) {
            if (asProblem(error).code === 'campaign/undecided-conflicts') setFollowed(true)
            throw error
          }
        }}
        explain={problem =>
          problem.code === 'campaign/undecided-conflicts' ? (
            <p>Une autre structure le tient ou l’a contacté récemment. Dites comment le remettre, et pourquoi.</p>
          ) : undefined
        }
      >
        {followed && (
          <>
            <RadioKeys
              name="held"
              label="S’il est tenu par une autre campagne"
              required
              layout="column"
              value={held}
              onChange={value => setHeld(value as typeof held)}
              options={[
                { value: 'share', label: 'Le partager' },
                { value: 'take', label: 'Le prendre', hint: 'Il sera mis de côté dans l’autre campagne' },
              ]}
            />
            <TextArea name="reason" label="Motif" required maxLength={300} rows={3} />
          </>
        )}
      </Form>
    </Dialog>
  )
}
