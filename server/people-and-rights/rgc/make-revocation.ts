import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { remindLeaver } from '../people/remind-leaver.ts'
import { revocationById, saveMade } from './answers.queries.ts'
import { revocationReply } from './deed-reply.ts'
import { endRole } from './events.queries.ts'
import { rgcPages, tellIfNobodyIsLeft } from './notices.ts'
import { mayMakeRevocation } from './rgc.policy.ts'
import { clockOf } from './rgc.queries.ts'

/** The partner revokes whom the operator asks it to (RGC-7); proposing another is a new deed. */
export const makeRevocation = action(contract.makeRevocation, {
  load: async ({ params }, { db }) => {
    const [at, revocation] = await Promise.all([clockOf(db), revocationById(db, params.revocationId)])
    return { at, revocation: found(revocation) }
  },
  may: (viewer, { revocation }) =>
    mayMakeRevocation(viewer, { accountId: revocation.person.id, organisationId: revocation.organisation.id }),
  run: async ({ at, revocation }, _input, { db, viewer, now, today, newId }) => {
    if (revocation.withdrawn) throw new Refused('rgc/revocation-withdrawn')
    if ((await saveMade(db, revocation.id, viewer.accountId, at)) === 0) throw new Refused('rgc/revocation-made')
    await endRole(db, revocation.person.id, at)
    const accountId = revocation.person.id
    await remindLeaver(db, { to: { accountId }, accountId, cause: 'account-manager', leavesOn: today }, { newId, now })
    const told = await tellRoles(
      db,
      { organisationId: revocation.organisation.id },
      {
        kind: 'rgc-revoked',
        subject: 'Une structure a révoqué le RGC dont vous demandiez la révocation',
        path: rgcPages,
        about: ['rgc-revocation', revocation.id],
        text: `La structure « ${revocation.organisation.name} » a révoqué le responsable de gestion de comptes (RGC) dont l’opérateur demandait la révocation.`,
      },
      { newId, now },
    )
    const nobodyLeft = await tellIfNobodyIsLeft(db, revocation.organisation, at, { newId, now: at })
    return {
      reply: { ...revocationReply(viewer, (await revocationById(db, revocation.id))!), told, nobodyLeft },
      audit: [
        {
          action: 'rgc-revocation.made',
          subject: ['account', revocation.person.id],
          detail: { revocation: revocation.id, told, nobodyLeft },
        },
      ],
    }
  },
})
