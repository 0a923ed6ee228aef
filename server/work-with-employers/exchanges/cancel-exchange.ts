import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { charactersOf, factsOf } from './exchange-input.ts'
import { exchangeReply } from './exchange-reply.ts'
import { saveCancellation } from './exchange-writes.queries.ts'
import { mayCorrect } from './exchanges.policy.ts'
import { exchangeById, lockExchange } from './exchanges.queries.ts'
import { reopenedEntry } from './next-action-entries.ts'
import { reopenAnswered } from './next-actions.queries.ts'
import { recountTarget } from './recount-target.ts'

export const cancelExchange = action(contract.cancelExchange, {
  load: async ({ params }, { db }) => found(await lockExchange(db, params.exchangeId)),
  may: (viewer, { exchange }) => mayCorrect(viewer, exchange),
  run: async ({ exchange: before, target }, { body, ifMatch }, context) => {
    const { db, viewer, now } = context
    if (ifMatch !== undefined && ifMatch !== before.version)
      throw new Refused('request/changed-meanwhile', { current: exchangeReply(before, context) })
    if (before.status === 'cancelled') throw new Refused('exchange/cancelled')
    const content = found(before.content)
    const reason = body.reason.trim()
    const [sha256, answered, cancelled] = await Promise.all([
      saveCancellation(db, { ...before, content }, reason, now, viewer.accountId),
      reopenAnswered(db, before),
      exchangeById(db, before.id),
    ])
    await recountTarget(db, before, before, target)
    return {
      reply: exchangeReply(found(cancelled), context),
      audit: [
        {
          action: 'exchange.cancelled',
          subject: ['exchange', before.id],
          detail: {
            siret: before.siret,
            version: before.version + 1,
            sha256,
            characters: { reason: charactersOf(reason) },
            before: factsOf(before),
          },
        },
        ...(answered?.reopened ? [reopenedEntry({ id: answered.id, siret: before.siret }, before.id)] : []),
      ],
    }
  },
})
