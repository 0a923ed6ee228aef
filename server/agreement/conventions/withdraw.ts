import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { lockConvention } from './conventions.queries.ts'
import { other } from './deadlines.ts'
import { mayWithdraw } from './letter-rules.ts'
import { saveWithdrawal } from './letters.queries.ts'
import { mustAllow, settled, tell } from './within-convention.ts'

/**
 * Before its effect, who notified may renounce it; so may whoever entered it in their name, until they confirm it.
 * It stays written, with who, when and why.
 */
export const withdraw = action(contract.withdraw, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, now, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'withdraw', now)
    const one = found((body.kind === 'notice' ? loaded.notices : loaded.breaches).find(x => x.id === body.id))
    const party = actsFor(viewer, convention)!
    if (!mayWithdraw(party, one)) throw new Refused('convention/author-only')
    if (one.withdrawnAt) throw new Refused('convention/already-withdrawn')
    await saveWithdrawal(db, body.kind, one.id, now, viewer.accountId, body.reason.trim())
    const told = await tell(
      loaded,
      other(party),
      {
        kind: 'convention-withdrawn',
        subject: body.kind === 'notice' ? 'Un congé est retiré' : 'Un manquement est retiré',
        text: `L’autre partie renonce à ce qui était notifié sur la convention n° ${convention.number}. La page de la convention en dit le motif, et ce qui reste en cours.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        { action: 'convention.withdrawn', subject: ['convention', convention.id], detail: { ...body, party, told } },
      ],
    }
  },
})
