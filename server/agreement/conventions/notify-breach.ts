import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { insertBreach, lockConvention } from './conventions.queries.ts'
import { breachEnd, notifiedOn } from './deadlines.ts'
import { keepPdf, mustAllow, notBefore, notInFuture, other, settled, tell } from './within-convention.ts'
import { instantWords } from './words-rules.ts'

/** AGR-5: the obligation, the registered letter's reference and both its dates are kept. */
export const notifyBreach = action(contract.notifyBreach, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'notify-breach', now)
    notInFuture([body.sentOn, body.presentedOn, body.deliveredOn], today)
    notBefore(body.sentOn, [body.presentedOn, body.deliveredOn])
    const party = actsFor(viewer, convention)!
    const { document: file, ...facts } = body
    const document = await keepPdf(convention.id, 'manquement', file, context)
    const id = newId()
    await insertBreach(db, {
      id,
      conventionId: convention.id,
      party,
      ...facts,
      documentId: document?.id ?? null,
      recordedAt: now,
      recordedBy: viewer.accountId,
    })
    const on = notifiedOn(facts)
    const effect = on
      ? `Elle prend fin le ${instantWords(breachEnd(on))}.`
      : 'Elle prendra fin un mois après la présentation de la lettre.'
    const told = await tell(
      loaded,
      other(party),
      {
        kind: 'convention-breach',
        subject: 'Manquement notifié sur une convention',
        text: `L’autre partie a notifié, par lettre recommandée, un manquement à une obligation essentielle de la convention n° ${convention.number}. ${effect}\n\nL’obligation en cause est écrite sur la page de la convention.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.breach-notified',
          subject: ['convention', convention.id],
          detail: { breach: id, party, ...facts, document, told },
        },
      ],
    }
  },
})
