import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { obstacleOfDeed } from './answers.queries.ts'
import { capacitiesLeft, deedReply, isStale, ofDeed, stateOf } from './deed-reply.ts'
import { obstacleRefusals } from './deed-rules.ts'
import { lastDayInWords, rgcPages } from './notices.ts'
import { maySignFor } from './rgc.policy.ts'
import { clockOf, deedById, insertSignature, sendDeed } from './rgc.queries.ts'

/**
 * Signs what the digest covers. The last signature sends the deed to the CSSI.
 * After a refusal, the month of silence runs from that instant (RGC-3).
 */
export const signDeed = action(contract.signDeed, {
  load: async ({ params }, { db }) => {
    const [at, deed] = await Promise.all([clockOf(db), deedById(db, params.deedId)])
    return { at, deed: found(deed) }
  },
  may: (viewer, { deed }) =>
    maySignFor(viewer, ofDeed(deed)) ||
    deed.members.some(m => m.person.id === viewer.accountId) ||
    (deed.signatory.id === viewer.accountId ? 'rgc/no-longer-signatory' : 'rgc/not-named'),
  run: async ({ at, deed }, { body }, { db, viewer, now, newId }) => {
    const state = stateOf(deed, at)
    if (state === 'termine' && deed.sentAt === null) throw new Refused('rgc/convention-over')
    if (state !== 'a-signer') throw new Refused('rgc/deed-closed')
    if (isStale(deed)) throw new Refused('rgc/signatory-changed')
    if (body.digest !== deed.digest.toString('hex')) throw new Refused('rgc/other-text')
    const capacities = capacitiesLeft(deed, viewer)
    if (capacities.length === 0) throw new Refused('rgc/already-signed')
    const obstacle = await obstacleOfDeed(db, deed.id)
    if (obstacle) throw new Refused(obstacleRefusals[obstacle])
    let signed = 0
    for (const capacity of capacities)
      signed += await insertSignature(db, deed.id, viewer.accountId, capacity, deed.digest, at)
    if (signed === 0) throw new Refused('rgc/already-signed')
    const sent = await sendDeed(db, deed.id)
    const after = (await deedById(db, deed.id))!
    const until = after.silenceAcceptsAt
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
                ? `Il fait suite à un refus : sans réponse de votre part, il est accepté à la fin du ${lastDayInWords(until)}. Jusque-là, ceux qui étaient en place le restent.`
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
      reply: { ...deedReply(viewer, after, at), told },
      audit: sent
        ? [
            signature,
            { action: 'rgc-deed.sent', subject: ['rgc-deed', deed.id], detail: { silenceAcceptsAt: until, told } },
          ]
        : [signature],
    }
  },
})
