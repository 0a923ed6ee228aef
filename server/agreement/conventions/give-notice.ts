import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { lockConvention } from './conventions.queries.ts'
import { noticeEnd, other } from './deadlines.ts'
import { given, instantWords, telling, toldByNone } from './letter-rules.ts'
import { insertNotice } from './letters.queries.ts'
import { inItsName, keepFile, mustAllow, notBefore, notInFuture, toldAndConfirmed } from './within-convention.ts'

/**
 * AGR-4: at any time, by either party; it ends the convention one month after its receipt, which may be told later.
 * AGR-13: the party that received it may enter it in the name of the one that sent it.
 */
export const giveNotice = action(contract.giveNotice, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'give-notice', now)
    notInFuture([body.sentOn, body.receivedOn], today)
    notBefore(body.sentOn, [body.receivedOn])
    const side = actsFor(viewer, convention)!
    const party = body.party ?? side
    const enteredByOther = party !== side
    const document = await keepFile(convention.id, 'resiliation', body.document, context)
    const id = newId()
    await insertNotice(db, {
      id,
      conventionId: convention.id,
      party,
      channel: body.channel,
      sentOn: body.sentOn,
      receivedOn: body.receivedOn,
      documentId: document.id,
      enteredByOther,
      told: telling(toldByNone, side, given({ sentOn: body.sentOn, receivedOn: body.receivedOn })),
      recordedAt: now,
      recordedBy: viewer.accountId,
    })
    const effect = body.receivedOn
      ? `Elle prend fin le ${instantWords(noticeEnd(body.receivedOn))}.`
      : 'Elle prendra fin un mois après la réception de la lettre.'
    const reply = await toldAndConfirmed(
      loaded,
      other(side),
      enteredByOther
        ? {
            kind: 'convention-entered',
            subject: 'Un congé est enregistré en votre nom',
            text: `L’autre partie a enregistré le congé qu’elle dit avoir reçu de vous, de la convention n° ${convention.number}. ${effect}\n\n${inItsName}`,
          }
        : {
            kind: 'convention-notice',
            subject: 'Congé donné sur une convention',
            text: `L’autre partie a donné congé de la convention n° ${convention.number}. ${effect}\n\nJusque-là, elle s’applique entièrement.`,
          },
      body.confirms,
      context,
    )
    return {
      reply,
      audit: [
        {
          action: enteredByOther ? 'convention.notice-entered' : 'convention.notice-given',
          subject: ['convention', convention.id],
          detail: {
            notice: id,
            party,
            channel: body.channel,
            sentOn: body.sentOn,
            receivedOn: body.receivedOn,
            document,
            told: reply.told,
          },
        },
      ],
    }
  },
})
