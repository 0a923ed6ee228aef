import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { lockConvention, saveBreachReceipt, saveNoticeReceipt } from './conventions.queries.ts'
import { mustAllow, notBefore, notInFuture, other, settled, tell } from './within-convention.ts'

/** When a letter came, told by either party. From then its month runs; a date told once stays. */
export const recordReceipt = action(contract.recordReceipt, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, body.kind === 'notice' ? 'give-notice' : 'notify-breach', now)
    notInFuture([body.receivedOn, body.presentedOn], today)
    if (body.kind === 'notice') {
      const notice = found(loaded.notices.find(n => n.id === body.id))
      // Told after its author renounced it, a day long past would bring it back into effect.
      if (notice.withdrawnAt) throw new Refused('convention/already-withdrawn')
      if (notice.receivedOn !== null || body.receivedOn === null) throw new Refused('convention/already-received')
      notBefore(notice.sentOn, [body.receivedOn])
      await saveNoticeReceipt(db, notice.id, body.receivedOn)
    } else {
      const breach = found(loaded.breaches.find(b => b.id === body.id))
      if (breach.withdrawnAt) throw new Refused('convention/already-withdrawn')
      const [presentedOn, deliveredOn] = [breach.presentedOn ?? body.presentedOn, breach.deliveredOn ?? body.receivedOn]
      if (presentedOn === breach.presentedOn && deliveredOn === breach.deliveredOn)
        throw new Refused('convention/already-received')
      notBefore(breach.sentOn, [presentedOn, deliveredOn])
      await saveBreachReceipt(db, breach.id, presentedOn, deliveredOn)
    }
    const told = await tell(
      loaded,
      other(actsFor(viewer, convention)!),
      {
        kind: 'convention-receipt',
        subject: 'Réception enregistrée sur une convention',
        text: `La réception d’une lettre est enregistrée sur la convention n° ${convention.number}. La page de la convention dit quand celle-ci prend fin.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        { action: 'convention.receipt-recorded', subject: ['convention', convention.id], detail: { ...body, told } },
      ],
    }
  },
})
