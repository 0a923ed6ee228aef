import * as contract from '../../../contract/agreement/disagreements.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { actsFor } from '../conventions/conventions.policy.ts'
import { lockConvention } from '../conventions/conventions.queries.ts'
import { notInFuture } from '../conventions/within-convention.ts'
import { openedNotice, tellOther } from './disagreements.mails.ts'
import { mayWriteDisagreement } from './disagreements.policy.ts'
import { insertDisagreement, selectDisagreements } from './disagreements.queries.ts'
import { disagreementsReply, hasTakenEffect } from './disagreements-reply.ts'

/** AGR-14: numbered within its convention, told to the other party at once. The lock of the convention orders two. */
export const openDisagreement = action(contract.openDisagreement, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => mayWriteDisagreement(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    if (!hasTakenEffect(loaded, now)) throw new Refused('convention/wrong-state')
    notInFuture([body.aroseOn], today)
    const before = await selectDisagreements(db, convention.id)
    const row = {
      id: newId(),
      number: (before[0]?.number ?? 0) + 1,
      party: actsFor(viewer, convention)!,
      subject: body.subject.trim(),
      statement: body.statement.trim(),
      clauses: body.clauses,
      aroseOn: body.aroseOn,
      openedAt: now,
    }
    await insertDisagreement(db, { ...row, conventionId: convention.id, openedBy: viewer.accountId })
    const told = await tellOther(loaded, row.party, openedNotice(convention.number, row), context)
    const rows = await selectDisagreements(db, convention.id)
    return {
      reply: { ...disagreementsReply(viewer, loaded, rows, now), told },
      audit: [
        {
          action: 'disagreement.opened',
          subject: ['convention', convention.id],
          detail: {
            disagreement: row.id,
            number: row.number,
            party: row.party,
            subject: row.subject,
            clauses: row.clauses,
            aroseOn: row.aroseOn,
            told,
          },
        },
      ],
    }
  },
})
