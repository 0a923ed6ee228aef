import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { deedReply, isContestable, memberIds } from './deed-reply.ts'
import { rgcPages, tellIfNobodyIsLeft } from './notices.ts'
import { mayContestDeed } from './rgc.policy.ts'
import { clockOf, deedById, saveContest } from './rgc.queries.ts'

/**
 * AGR-13: the structure contests a deed that the operator entered in its name. It counts no more: those it alone
 * designated lose the role, those it let go have it back.
 */
export const contestDeed = action(contract.contestDeed, {
  load: async ({ params }, { db }) => {
    const [at, deed] = await Promise.all([clockOf(db), deedById(db, params.deedId)])
    return { at, deed: found(deed) }
  },
  may: (viewer, { deed }) => mayContestDeed(viewer, { organisationId: deed.organisation.id }),
  run: async ({ at, deed }, { body }, { db, viewer, now, newId }) => {
    const reason = body.reason.trim()
    if (!isContestable(deed, at) || !(await saveContest(db, deed.id, reason, at)))
      throw new Refused('rgc/not-contestable')
    const notice = {
      path: rgcPages,
      about: ['rgc-deed', deed.id],
      subject: 'Un acte d’engagement enregistré par l’opérateur est contesté',
      text: `La structure « ${deed.organisation.name} » conteste l’acte d’engagement signé à la main que l’opérateur avait enregistré en son nom : il n’a plus d’effet. Motif : ${reason}\n\nQui était en place avant lui le redevient ; qui n’était désigné que par lui ne l’est plus.`,
    } as const
    const named = memberIds(deed).filter(id => id !== viewer.accountId)
    for (const accountId of named)
      await tellPerson(
        db,
        {
          ...notice,
          path: rgcPages.partenaire,
          kind: 'rgc-deed-answered',
          to: { accountId },
          why: 'un acte d’engagement vous désigne responsable de gestion de comptes (RGC)',
        },
        { newId, now },
      )
    const roles = await tellRoles(
      db,
      { organisationId: deed.organisation.id, but: [viewer.accountId, ...named] },
      { ...notice, kind: 'rgc-deed-contested' },
      { newId, now },
    )
    const told = { ...roles, mails: roles.mails + named.length }
    const nobodyLeft = await tellIfNobodyIsLeft(db, deed.organisation, at, { newId, now: at })
    return {
      reply: { ...deedReply(viewer, (await deedById(db, deed.id))!, at), told, nobodyLeft },
      audit: [{ action: 'rgc-deed.contested', subject: ['rgc-deed', deed.id], detail: { reason, told, nobodyLeft } }],
    }
  },
})
