import { obligationWords, owedTo } from '../../../contract/agreement/conventions/obligations.ts'
import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { lockConvention } from './conventions.queries.ts'
import { breachEnd, notifiedOn, other } from './deadlines.ts'
import { given, instantWords, telling, toldByNone } from './letter-rules.ts'
import { insertBreach } from './letters.queries.ts'
import { inItsName, keepFile, mustAllow, notBefore, notInFuture, toldAndConfirmed } from './within-convention.ts'

/**
 * AGR-5: keeps the obligations, chosen among those that the other party owes, the letter's reference and both its dates.
 * AGR-13: the party that received it may enter it in the name of the one that complains.
 */
export const notifyBreach = action(contract.notifyBreach, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { body }, context) => {
    const { db, newId, now, today, viewer } = context
    const { convention } = loaded
    mustAllow(loaded, 'notify-breach', now)
    notInFuture([body.sentOn, body.presentedOn, body.deliveredOn], today)
    notBefore(body.sentOn, [body.presentedOn, body.deliveredOn])
    const side = actsFor(viewer, convention)!
    const { document: file, party = side, otherArticle, confirms, ...rest } = body
    const facts = { ...rest, otherArticle: otherArticle?.trim() ?? null }
    if (!facts.clauses.every(code => owedTo(party).includes(code)))
      throw new Refused('convention/obligation-of-other-party')
    if (facts.clauses.includes('other') !== (facts.otherArticle !== null))
      throw new Refused('convention/article-required')
    const days = { sentOn: facts.sentOn, presentedOn: facts.presentedOn, deliveredOn: facts.deliveredOn }
    const enteredByOther = party !== side
    const document = await keepFile(convention.id, 'manquement', file, context)
    const id = newId()
    await insertBreach(db, {
      id,
      conventionId: convention.id,
      party,
      ...facts,
      documentId: document.id,
      enteredByOther,
      told: telling(toldByNone, side, given(days)),
      recordedAt: now,
      recordedBy: viewer.accountId,
    })
    const on = notifiedOn(facts)
    const effect = on
      ? `Elle prend fin le ${instantWords(breachEnd(on))}.`
      : 'Elle prendra fin un mois après la présentation de la lettre.'
    const about = facts.clauses.map(code => obligationWords(code, facts.otherArticle)).join(' ; ')
    const reply = await toldAndConfirmed(
      loaded,
      other(side),
      enteredByOther
        ? {
            kind: 'convention-entered',
            subject: 'Un manquement est enregistré en votre nom',
            text: `L’autre partie a enregistré la lettre recommandée qu’elle dit avoir reçue de vous, sur la convention n° ${convention.number}. ${effect}\n\nObligation en cause : ${about}.\n\n${inItsName}`,
          }
        : {
            kind: 'convention-breach',
            subject: 'Manquement notifié sur une convention',
            text: `L’autre partie a notifié, par lettre recommandée, un manquement à une obligation essentielle de la convention n° ${convention.number}. ${effect}\n\nObligation en cause : ${about}. Ce que la lettre en dit est sur la page de la convention.`,
          },
      confirms,
      context,
    )
    return {
      reply,
      audit: [
        {
          action: enteredByOther ? 'convention.breach-entered' : 'convention.breach-notified',
          subject: ['convention', convention.id],
          detail: { breach: id, party, ...facts, document, told: reply.told },
        },
      ],
    }
  },
})
