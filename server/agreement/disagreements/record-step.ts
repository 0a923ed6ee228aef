import * as contract from '../../../contract/agreement/disagreements.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { actsFor } from '../conventions/conventions.policy.ts'
import { lockConvention } from '../conventions/conventions.queries.ts'
import { keepFile, notInFuture } from '../conventions/within-convention.ts'
import { notedAt, stateOf, transitions, wasAttempted } from './disagreement-lifecycle.ts'
import { stepNotice, tellOther } from './disagreements.mails.ts'
import { mayRecordStep } from './disagreements.policy.ts'
import { insertStep, selectDisagreements } from './disagreements.queries.ts'
import { disagreementsReply } from './disagreements-reply.ts'

/** AGR-14: what happens of a disagreement, added to and never rewritten; the other party is told at once. */
export const recordDisagreementStep = action(contract.recordDisagreementStep, {
  load: async ({ params }, { db }) => {
    // Read once the lock is held: two steps at once follow each other.
    const loaded = found(await lockConvention(db, params.conventionId))
    const rows = await selectDisagreements(db, params.conventionId)
    return { loaded, one: found(rows.find(row => row.id === params.disagreementId)) }
  },
  may: (viewer, { loaded, one }, { body }) => mayRecordStep(viewer, loaded.convention, one.party, body.kind),
  run: async ({ loaded, one }, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    const [manner, court] = [body.manner ?? null, body.court?.trim() ?? null]
    if (transitions[stateOf(one.steps)][body.kind] === undefined) throw new Refused('disagreement/wrong-state')
    if (body.kind === 'fail' && !wasAttempted(one)) throw new Refused('disagreement/no-attempt')
    if ((body.kind === 'attempt') !== (manner !== null)) throw new Refused('disagreement/manner-required')
    if ((body.kind === 'fail') !== (court !== null)) throw new Refused('disagreement/court-required')
    notInFuture([body.happenedOn], today)
    if (body.happenedOn < one.aroseOn) throw new Refused('disagreement/before-it-arose')
    const side = actsFor(viewer, convention)!
    const document = body.document ? await keepFile(convention.id, 'differend', body.document, context) : null
    const step = {
      id: newId(),
      disagreementId: one.id,
      kind: body.kind,
      manner,
      party: side,
      happenedOn: body.happenedOn,
      summary: body.summary.trim(),
      court,
      documentId: document?.id ?? null,
      recordedAt: notedAt(now, one.steps),
    }
    await insertStep(db, { ...step, conventionId: convention.id, recordedBy: viewer.accountId })
    const told = await tellOther(loaded, side, stepNotice(convention.number, one, step), context)
    const rows = await selectDisagreements(db, convention.id)
    return {
      reply: { ...disagreementsReply(viewer, loaded, rows, now), told },
      audit: [
        {
          action: `disagreement.${step.kind}`,
          subject: ['convention', convention.id],
          detail: { ...step, number: one.number, document, told },
        },
      ],
    }
  },
})
