import * as contract from '../../../contract/work-with-employers/referents.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { mayEnd } from './referents.policy.ts'
import { finishReferent, referentById } from './referents.queries.ts'
import { readReferents, referentsReply } from './referents-reply.ts'

export const endReferent = action(contract.endReferent, {
  load: async ({ params }, { db }) => found(await referentById(db, params.referentId)),
  may: (viewer, row) => mayEnd(viewer, row),
  run: async (row, { body }, context) => {
    const { db, viewer, now, today } = context
    const reason = body.reason.trim()
    const by = { endedBy: viewer.accountId, endedOrganisation: viewer.organisationId }
    const ending = { until: today, endedAt: now, endedHow: 'ended', endReason: reason } as const
    // Says so too where another ends it at the same instant.
    const ended = row.until === null && (await finishReferent(db, row.id, { ...ending, ...by }))
    if (!ended) throw new Refused('referent/ended')
    return {
      reply: referentsReply(await readReferents(db, row.siret), row, context),
      audit: [
        {
          action: 'referent.ended',
          subject: ['establishment', siretText(row.siret)],
          detail: { before: { id: row.id, accountId: row.accountId, since: row.since }, after: null, until: today },
        },
      ],
    }
  },
})
