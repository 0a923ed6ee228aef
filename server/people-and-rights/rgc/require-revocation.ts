import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { insertRevocation, revocationById, saveWithdrawn } from './answers.queries.ts'
import { revocationReply } from './deed-reply.ts'
import { rgcPages } from './notices.ts'
import { mayAnswerFor } from './rgc.policy.ts'
import { accountOf, clockOf, inPlace } from './rgc.queries.ts'

/** By a reasoned e-mail to the partner, who revokes (RGC-7): nothing is cut here. */
export const requireRevocation = action(contract.requireRevocation, {
  load: async ({ body }, { db }) => {
    const [at, account] = await Promise.all([clockOf(db), accountOf(db, body.accountId)])
    return { at, account: found(account), managers: await inPlace(db, found(account).organisationId, at) }
  },
  may: (viewer, { account }) => mayAnswerFor(viewer, account.organisationId),
  run: async ({ at, account, managers }, { body }, { db, viewer, now, newId }) => {
    if (!managers.some(m => m.id === account.id)) throw new Refused('rgc/not-in-place')
    const id = newId()
    const reason = body.reason.trim()
    if (
      (await insertRevocation(db, {
        id,
        accountId: account.id,
        organisationId: account.organisationId,
        reason,
        requiredBy: viewer.accountId,
        requiredAt: at,
      })) === 0
    )
      throw new Refused('rgc/revocation-waiting')
    const told = await tellRoles(
      db,
      { organisationId: account.organisationId },
      {
        kind: 'rgc-revocation-required',
        subject: 'L’opérateur demande la révocation d’un RGC',
        path: rgcPages,
        about: ['rgc-revocation', id],
        text: `L’opérateur demande à votre structure de révoquer un responsable de gestion de comptes (RGC), nommé dans le service. Motif : ${reason}\n\nRévoquez-le, puis proposez un autre RGC par un nouvel acte d’engagement.`,
      },
      { newId, now },
    )
    return {
      reply: { ...revocationReply(viewer, (await revocationById(db, id))!), told },
      audit: [
        {
          action: 'rgc-revocation.required',
          subject: ['account', account.id],
          detail: { revocation: id, reason, told },
        },
      ],
    }
  },
})

/** A demand made by mistake, while it is not carried out: those who were told of it are told (RGC-7). */
export const withdrawRevocation = action(contract.withdrawRevocation, {
  load: async ({ params }, { db }) => {
    const [at, revocation] = await Promise.all([clockOf(db), revocationById(db, params.revocationId)])
    return { at, revocation: found(revocation) }
  },
  may: (viewer, { revocation }) => mayAnswerFor(viewer, revocation.organisation.id),
  run: async ({ at, revocation }, { body }, { db, viewer, now, newId }) => {
    const { id, organisation, person } = revocation
    const reason = body.reason.trim()
    if ((await saveWithdrawn(db, id, viewer.accountId, reason, at)) === 0)
      throw new Refused((await revocationById(db, id))!.madeAt ? 'rgc/revocation-made' : 'rgc/revocation-withdrawn')
    const told = await tellRoles(
      db,
      { organisationId: organisation.id },
      {
        kind: 'rgc-revocation-withdrawn',
        subject: 'L’opérateur retire une demande de révocation d’un RGC',
        path: rgcPages,
        about: ['rgc-revocation', id],
        text: `L’opérateur retire la demande de révoquer un responsable de gestion de comptes (RGC) de votre structure, nommé dans le service. Motif : ${reason}\n\nCette personne reste en place : il n’y a plus à la révoquer.`,
      },
      { newId, now },
    )
    return {
      reply: { ...revocationReply(viewer, (await revocationById(db, id))!), told },
      audit: [
        {
          action: 'rgc-revocation.withdrawn',
          subject: ['account', person.id],
          detail: { revocation: id, reason, told },
        },
      ],
    }
  },
})
