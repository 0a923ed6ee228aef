import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { isContested } from './convention-rules.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { lockConvention } from './conventions.queries.ts'
import { other } from './deadlines.ts'
import { isCurrent } from './letter-rules.ts'
import { insertAnswer } from './letters.queries.ts'
import { mustAllow, settleAmendment, settled, tell } from './within-convention.ts'

/**
 * AGR-13: the sender answers to what the other party entered in its name. Contested, it has no effect any more, and
 * what it had cut comes back; confirmed, it is the sender's own, for good.
 */
export const answerEntry = action(contract.answerEntry, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, viewer } = context
    const { convention } = loaded
    const signatures = loaded.signatures.filter(one => isCurrent(one, convention.documentId))
    const entered = { notice: loaded.notices, breach: loaded.breaches, signature: signatures }[body.kind]
    const one = found(entered.find(x => x.id === body.id))
    const side = actsFor(viewer, convention)!
    if (!one.enteredByOther) throw new Refused('convention/own-entry')
    if (one.party !== side) throw new Refused('convention/sender-only')
    if ('withdrawnAt' in one && one.withdrawnAt) throw new Refused('convention/already-withdrawn')
    if (one.answer?.answer === 'confirm') throw new Refused('convention/already-confirmed')
    if (body.answer === 'contest' && isContested(one)) throw new Refused('convention/already-contested')
    if (body.answer === 'contest' && !body.reason?.trim()) throw new Refused('convention/reason-required')
    mustAllow(loaded, 'answer', now)
    const contests = body.answer === 'contest'
    await insertAnswer(db, {
      id: newId(),
      conventionId: convention.id,
      kind: body.kind,
      subjectId: one.id,
      answer: body.answer,
      reason: contests ? body.reason!.trim() : null,
      party: side,
      answeredAt: now,
      answeredBy: viewer.accountId,
    })
    const amendmentId = 'amendmentId' in one ? one.amendmentId : null
    const { audit } = amendmentId ? await settleAmendment(convention.id, amendmentId, context) : { audit: [] }
    const told = await tell(
      loaded,
      other(side),
      contests
        ? {
            kind: 'convention-answered',
            subject: 'Ce que vous avez enregistré est contesté',
            text: `L’autre partie conteste ce que vous avez enregistré en son nom sur la convention n° ${convention.number} : cela n’a plus d’effet. La page de la convention en dit le motif.`,
          }
        : {
            kind: 'convention-answered',
            subject: 'Ce que vous avez enregistré est confirmé',
            text: `L’autre partie confirme ce que vous avez enregistré en son nom sur la convention n° ${convention.number}.`,
          },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: contests ? 'convention.entry-contested' : 'convention.entry-confirmed',
          subject: ['convention', convention.id],
          detail: { kind: body.kind, id: one.id, party: side, reason: contests ? body.reason!.trim() : null, told },
        },
        ...audit,
      ],
    }
  },
})
