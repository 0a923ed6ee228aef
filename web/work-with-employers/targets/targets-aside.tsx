import { useState } from 'react'
import { putTargetBack, setTargetAside } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { lineName, townWords } from '../../platform/names.ts'
import { asProblem } from '../../platform/problem.ts'
import { Dialog, Form, Link, RadioKeys, TextArea } from '../../ui/index.ts'
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
      {target.establishment.town && `, ${townWords(target.establishment.town)}`} ne sera plus à contacter dans cette
      campagne, et pourra être retenu par une autre.
    </p>
    <Form
      draft={{ name: 'aside', about: `${campaign.id}-${target.establishment.siret}` }}
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

/** Asked at once; what another holds or met meanwhile asks how, and why; a mark « ne pas contacter » asks again. */
export const PutBackDialog = ({ target, campaign, onClose, onDone }: Props) => {
  const [followed, setFollowed] = useState(false)
  const [despite, setDespite] = useState(false)
  const [held, setHeld] = useState<'share' | 'take'>('share')
  return (
    <Dialog title="Remettre parmi les cibles" onClose={onClose}>
      <p>
        <strong>{lineName(target.establishment)}</strong>
        {target.establishment.town && `, ${townWords(target.establishment.town)}`} sera de nouveau à contacter dans
        cette campagne, et lui sera réservé. Il avait été mis de côté : « {target.setAsideReason} ».
      </p>
      <Form
        draft={{ name: 'put-back', about: `${campaign.id}-${target.establishment.siret}` }}
        submit={despite ? 'Remettre malgré tout' : 'Remettre parmi les cibles'}
        done="L’établissement est remis parmi les cibles."
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          try {
            onDone(
              await call(putTargetBack, {
                params: { campaignId: campaign.id, siret: target.establishment.siret },
                body: {
                  ...(followed ? { held, contacted: 'take', beside: 'take', reason: reason!.trim() } : {}),
                  ...(despite ? { despite } : {}),
                },
                idempotencyKey,
              }),
            )
            onClose()
          } catch (error) {
            const { code } = asProblem(error)
            if (code === 'campaign/undecided-conflicts') setFollowed(true)
            if (code === 'target/do-not-contact') setDespite(true)
            throw error
          }
        }}
        explain={problem =>
          problem.code === 'campaign/undecided-conflicts' ? (
            <p>
              Une autre structure le tient ou l’a contacté récemment
              {campaign.conflictScope === 'company' && ', lui ou un autre établissement de l’entreprise'}. Dites comment
              le remettre, et pourquoi.
            </p>
          ) : problem.code === 'target/do-not-contact' ? (
            <p>
              Il est marqué « ne pas contacter ».{' '}
              <Link href={`/etablissements/${target.establishment.siret}`}>Sa fiche dit pourquoi</Link>.
            </p>
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
