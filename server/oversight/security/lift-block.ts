import * as contract from '../../../contract/oversight/security.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { blockReply, liftedNotice } from './block-reply.ts'
import { mayLift } from './security.policy.ts'
import { blockById, clockOf, saveLifted } from './security.queries.ts'

/** Only on a recorded verdict (ACC-11): the rights are back at the next request. */
export const liftBlock = action(contract.liftBlock, {
  load: async ({ params }, { db }) => {
    const [at, block] = await Promise.all([clockOf(db), blockById(db, params.blockId)])
    return { at, block: found(block) }
  },
  may: (viewer, { block }) => mayLift(viewer, { id: block.person.id, organisationId: block.organisation.id }),
  run: async ({ at, block }, { body }, { db, viewer, now, newId }) => {
    const verdict = body.verdict.trim()
    if ((await saveLifted(db, block.id, verdict, viewer.accountId, at)) === 0)
      throw new Refused('security/already-lifted')
    const told = await tellRoles(db, { organisationId: block.organisation.id }, liftedNotice(block, verdict), {
      newId,
      now,
    })
    return {
      reply: { ...blockReply(viewer, (await blockById(db, block.id))!), told },
      audit: [
        {
          action: 'account.unblocked',
          subject: ['account', block.person.id],
          detail: { exceptional: block.cause === 'exceptional', block: block.id, cuts: block.cuts, verdict, told },
        },
      ],
    }
  },
})
