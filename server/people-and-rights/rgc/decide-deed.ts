import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { insertDecision, refusePeople, settleRoles } from './answers.queries.ts'
import { isDecidable } from './deadlines.ts'
import { deedReply, factsOf, memberIds, stateOf } from './deed-reply.ts'
import { rgcPages, tellIfNobodyIsLeft } from './notices.ts'
import { mayAnswerFor } from './rgc.policy.ts'
import { clockOf, deedById } from './rgc.queries.ts'

/** The operator answers. A refusal is in writing, with a reason, before any acceptance, explicit or silent (RGC-3). */
export const decideDeed = action(contract.decideDeed, {
  load: async ({ params }, { db }) => {
    const [at, deed] = await Promise.all([clockOf(db), deedById(db, params.deedId)])
    return { at, deed: found(deed) }
  },
  may: (viewer, { deed }) => mayAnswerFor(viewer, deed.organisation.id),
  run: async ({ at, deed }, { body }, { db, viewer, now, newId }) => {
    const reason = body.reason?.trim() || null
    if (body.kind === 'refus' && !reason) throw new Refused('rgc/reason-required')
    const refusedPeople = body.kind === 'refus' ? (body.refused ?? memberIds(deed)) : []
    if (refusedPeople.some(id => !memberIds(deed).includes(id))) throw new Refused('rgc/refused-unknown')
    if (stateOf(deed, at) === 'termine') throw new Refused('rgc/convention-over')
    if (!isDecidable(factsOf(deed), at)) throw new Refused('rgc/already-decided')
    if (
      (await insertDecision(db, {
        deedId: deed.id,
        kind: body.kind,
        reason,
        decidedBy: viewer.accountId,
        decidedAt: at,
      })) === 0
    )
      throw new Refused('rgc/already-decided')
    const refused = body.kind === 'refus'
    if (refused) await refusePeople(db, deed.id, refusedPeople)
    await settleRoles(db, deed.id)
    // Without the names of who is refused: the deed behind says them.
    const notice = {
      path: rgcPages.partenaire,
      about: ['rgc-deed', deed.id],
      subject: refused ? 'L’opérateur refuse un acte d’engagement' : 'L’opérateur accepte un acte d’engagement',
      text: refused
        ? `L’opérateur refuse l’acte d’engagement que votre structure lui a adressé. Motif : ${reason}\n\nL’acte, dans le service, dit qui est refusé. Proposez-en un nouveau, qui désigne une autre personne : l’opérateur aura alors un mois pour répondre, et son silence vaudra acceptation. Jusque-là, ceux qui étaient en place avant cet acte le restent.`
        : 'L’opérateur accepte l’acte d’engagement que votre structure lui a adressé.',
    } as const
    // Tell the people whom the deed names as themselves: a refusal leaves them no role to be told by.
    // An acceptance gives them the role only now.
    for (const { person } of deed.members)
      await tellPerson(
        db,
        {
          ...notice,
          kind: 'rgc-deed-answered',
          to: { accountId: person.id },
          why: 'un acte d’engagement vous désigne responsable de gestion de comptes (RGC)',
        },
        { newId, now },
      )
    const roles = await tellRoles(
      db,
      { organisationId: deed.organisation.id, but: deed.members.map(m => m.person.id) },
      { ...notice, kind: 'rgc-deed-decided' },
      { newId, now },
    )
    const told = { ...roles, mails: roles.mails + deed.members.length }
    const nobodyLeft = refused ? await tellIfNobodyIsLeft(db, deed.organisation, at, { newId, now: at }) : null
    return {
      reply: { ...deedReply(viewer, (await deedById(db, deed.id))!, at), told, nobodyLeft },
      audit: [
        {
          action: refused ? 'rgc-deed.refused' : 'rgc-deed.accepted',
          subject: ['rgc-deed', deed.id],
          detail: { reason, ...(refused ? { refused: refusedPeople } : {}), told, nobodyLeft },
        },
      ],
    }
  },
})
