import * as contract from '../../../contract/agreement/tools.ts'
import { announce } from '../../notifications/announce.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { annexVersions, cancelAnnexVersion, lockAnnex, settleCancelledAnnex } from './annex.queries.ts'
import { cancelRefusal } from './annex-rules.ts'
import { cancelledNotice } from './tools.mails.ts'
import { mayPublishAnnex } from './tools.policy.ts'
import { annexReply } from './tools-reply.ts'

/**
 * A wrong version of annex 4 is taken back within a day of its effect. The tools that it withdrew are open again, with
 * the grants that ended for that alone.
 */
export const cancelAnnex4 = action(contract.cancelAnnex4, {
  load: async ({ params: { versionId } }, { db }) => {
    await lockAnnex(db)
    const versions = await annexVersions(db)
    return { versions, version: found(versions.find(v => v.id === versionId)) }
  },
  may: mayPublishAnnex,
  run: async ({ versions, version }, { body: { reason } }, context) => {
    const { db, now, viewer } = context
    const refusal = cancelRefusal(version, versions, now)
    if (refusal) throw new Refused(refusal)
    if ((await cancelAnnexVersion(db, version.id, viewer.accountId, reason, now)) === 0)
      throw new Refused('annex/cancel-too-late')
    const { restored, ended } = await settleCancelledAnnex(db, version.id)
    const noneStands = versions.every(other => other.id === version.id || other.cancelledAt)
    const partners = await announce(0, cancelledNotice(version, reason, noneStands), context)
    const cancelled = { ...version, cancelledAt: now, cancelReason: reason }
    return {
      reply: {
        ...annexReply({ version: cancelled, until: null, state: 'cancelled' }, false),
        grantsRestored: restored,
        grantsEnded: ended,
        partners,
      },
      audit: [
        {
          action: 'annex-4.cancelled',
          subject: ['annex-4', version.id],
          detail: { number: version.number, reason, grantsRestored: restored, grantsEnded: ended, partners },
        },
      ],
    }
  },
})
