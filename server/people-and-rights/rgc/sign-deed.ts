import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { deedState, silenceAccepts } from './deadlines.ts'
import { capacitiesLeft, deedReply, factsOf } from './deed-reply.ts'
import { lastDayInWords, rgcPages } from './notices.ts'
import { clockOf, deedById, insertSignature, ownDeeds, sendDeed } from './rgc.queries.ts'

/**
 * Signs what the digest covers. The last signature sends the deed to the CSSI.
 * After a refusal, the month of silence runs from that instant (RGC-3).
 */
export const signDeed = action(contract.signDeed, {
  load: async ({ params }, { db }) => {
    const [at, deed, all] = await Promise.all([clockOf(db), deedById(db, params.deedId), ownDeeds(db)])
    return { at, deed: found(deed), all }
  },
  may: (viewer, { deed }) =>
    deed.signatory.id === viewer.accountId ||
    deed.members.some(m => m.person.id === viewer.accountId) ||
    'rgc/not-named',
  run: async ({ at, deed, all }, _input, { db, viewer, now, newId }) => {
    if (deedState(factsOf(deed), at) !== 'a-signer') throw new Refused('rgc/deed-closed')
    const capacities = capacitiesLeft(deed, viewer.accountId)
    if (capacities.length === 0) throw new Refused('rgc/already-signed')
    let signed = 0
    for (const capacity of capacities)
      signed += await insertSignature(db, deed.id, viewer.accountId, capacity, deed.digest, at)
    if (signed === 0) throw new Refused('rgc/already-signed')
    const last = all
      .filter(d => d.sentAt !== null && d.sentAt <= at)
      .toSorted((a, b) => b.sentAt!.getTime() - a.sentAt!.getTime())[0]
    const until = last && deedState(factsOf(last), at) === 'refuse' ? silenceAccepts(at) : null
    const sent = await sendDeed(db, deed.id, until, at)
    const told = sent
      ? await tellRoles(
          db,
          { organisationId: deed.organisation.id },
          {
            kind: 'rgc-deed-sent',
            subject: 'Un acte d’engagement de RGC vous est adressé',
            path: rgcPages,
            about: ['rgc-deed', deed.id],
            text: [
              `La structure « ${deed.organisation.name} » vous adresse un acte d’engagement signé, qui désigne ${deed.members.length === 1 ? 'un responsable' : `${deed.members.length} responsables`} de gestion de comptes (RGC).`,
              until
                ? `Il fait suite à un refus : sans réponse de votre part, il est accepté à la fin du ${lastDayInWords(until)}.`
                : 'Il est en vigueur dès maintenant ; vous pouvez le refuser par écrit, avec un motif.',
            ].join('\n\n'),
          },
          { newId, now },
        )
      : null
    const signature = {
      action: 'rgc-deed.signed',
      subject: ['rgc-deed', deed.id] as const,
      detail: { as: capacities, digest: deed.digest.toString('hex'), by: viewer.secondFactor },
    }
    return {
      reply: { ...deedReply(viewer, (await deedById(db, deed.id))!, at), told },
      audit: sent
        ? [
            signature,
            { action: 'rgc-deed.sent', subject: ['rgc-deed', deed.id], detail: { silenceAcceptsAt: until, told } },
          ]
        : [signature],
    }
  },
})
