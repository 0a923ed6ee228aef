import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { insertNotice, lockConvention } from './conventions.queries.ts'
import { noticeEnd } from './deadlines.ts'
import { keepPdf, mustAllow, notBefore, notInFuture, other, settled, tell } from './within-convention.ts'
import { instantWords } from './words-rules.ts'

/** AGR-4: at any time, by either party; it ends the convention one month after its receipt, which may be told later. */
export const giveNotice = action(contract.giveNotice, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'give-notice', now)
    notInFuture([body.sentOn, body.receivedOn], today)
    notBefore(body.sentOn, [body.receivedOn])
    const party = actsFor(viewer, convention)!
    const document = await keepPdf(convention.id, 'resiliation', body.document, context)
    const id = newId()
    await insertNotice(db, {
      id,
      conventionId: convention.id,
      party,
      channel: body.channel,
      sentOn: body.sentOn,
      receivedOn: body.receivedOn,
      documentId: document?.id ?? null,
      recordedAt: now,
      recordedBy: viewer.accountId,
    })
    const effect = body.receivedOn
      ? `Elle prend fin le ${instantWords(noticeEnd(body.receivedOn))}.`
      : 'Elle prendra fin un mois après la réception de la lettre.'
    const told = await tell(
      loaded,
      other(party),
      {
        kind: 'convention-notice',
        subject: 'Congé donné sur une convention',
        text: `L’autre partie a donné congé de la convention n° ${convention.number}. ${effect}\n\nJusque-là, elle s’applique entièrement.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.notice-given',
          subject: ['convention', convention.id],
          detail: {
            notice: id,
            party,
            channel: body.channel,
            sentOn: body.sentOn,
            receivedOn: body.receivedOn,
            document,
            told,
          },
        },
      ],
    }
  },
})
