import { settleSecondAccount, type shareActs } from '../../../contract/people-and-rights/second-accounts.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import type { SecondAccount } from './queries.ts'

export type ShareAct = (typeof shareActs)[number]
export interface Settling {
  readonly share: SecondAccount
  readonly act: ShareAct
}
const titles = {
  accept: 'Accepter le second compte',
  refuse: 'Refuser le second compte',
  withdraw: 'Annuler la demande',
} as const satisfies Record<ShareAct, string>
const outcomes = { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' } as const
const done = {
  accept: 'Vous avez accepté : cette structure peut créer votre second compte.',
  refuse: 'Vous avez refusé : rien ne s’ouvre.',
  withdraw: 'La demande est annulée.',
} as const satisfies Record<ShareAct, string>

const What = ({ share: { asker }, act }: Settling) =>
  act === 'accept' ? (
    <>
      <p>
        <strong>{asker!.name}</strong> pourra vous ouvrir un compte avec votre adresse, dans les trente jours. Il aura
        ses propres habilitations, son propre second facteur et ses propres sessions ; vous choisirez votre structure en
        vous connectant.
      </p>
      <p>
        Votre structure d’aujourd’hui saura que vous avez un autre compte, sans savoir où. Le correspondant sécurité de
        l’opérateur (CSSI) lit les deux.
      </p>
    </>
  ) : (
    <p>
      {act === 'refuse'
        ? 'Aucun compte ne s’ouvre. La structure qui l’a demandé en est prévenue.'
        : 'La personne n’a plus à répondre. Vous pourrez le demander de nouveau.'}
    </p>
  )

export const SettleSecondDialog = ({ share, act, onClose }: Settling & { onClose: () => void }) => (
  <Dialog title={titles[act]} onClose={onClose}>
    <What share={share} act={act} />
    <Form
      draft="choices"
      submit={titles[act]}
      onCancel={onClose}
      onSubmit={async (_values, { idempotencyKey }) => {
        await call(settleSecondAccount, {
          params: { shareId: share.id },
          body: { outcome: outcomes[act] },
          idempotencyKey,
        })
        tellReader(done[act])
        await rightsChanged()
        onClose()
      }}
    >
      {null}
    </Form>
  </Dialog>
)
