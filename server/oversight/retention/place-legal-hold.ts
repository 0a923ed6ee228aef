import * as contract from '../../../contract/oversight/retention.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { holdReply } from './hold-reply.ts'
import { accountToHold, findHold, insertHold, lockScope } from './legal-holds.queries.ts'
import { type Scope, scopeOf, wrongIn } from './legal-holds-rules.ts'
import { mayPlaceHold } from './retention.policy.ts'

/** The purges that run are waited for: what they erase was due before the hold, and no later one erases it. */
export const placeLegalHold = action(contract.placeLegalHold, {
  load: async () => ({}),
  may: viewer => mayPlaceHold(viewer, { organisationId: viewer.organisationId }),
  run: async (_nothing, { body }, { db, viewer, now, today, newId }) => {
    const ofOperator = viewer.organisationKind === 'operateur'
    const wrong = wrongIn(body, ofOperator, today)
    if (wrong) throw new Refused(wrong)
    const { reason, until = null, ending, email } = body
    let scope: Scope
    if (ending == null) {
      const account = await accountToHold(db, email!.trim())
      if (!account) throw new Refused('legal-hold/nobody-found')
      scope = { ending: null, accountId: account.id, organisationId: account.organisationId }
    } else scope = scopeOf(ending, { organisationId: viewer.organisationId, ofOperator })
    if (await lockScope(db, scope, today)) throw new Refused('legal-hold/already-held')
    const id = newId()
    await insertHold(db, {
      id,
      ...scope,
      until,
      reason: reason.trim(),
      placedOrganisation: viewer.organisationId,
      placedBy: viewer.accountId,
      placedAt: now,
    })
    return {
      reply: holdReply(viewer, (await findHold(db, id))!, today),
      audit: [{ action: 'legal-hold.placed', subject: ['legal-hold', id], detail: { ...scope, until } }],
    }
  },
})
