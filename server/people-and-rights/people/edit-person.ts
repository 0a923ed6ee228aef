import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action, type Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { saveIdentity } from '../accounts/accounts.queries.ts'
import { attach, isPermanentStaff } from '../accounts/person-rules.ts'
import { correcting } from '../anomalies/correcting.ts'
import { findThirdParty } from '../organisations/structure.queries.ts'
import { staffLeftNotice } from './people.mails.ts'
import { lockPerson, type PersonRow } from './people.queries.ts'
import { personNow } from './person-reply.ts'
import { remindLeaver } from './remind-leaver.ts'

/** RGC-2: the database ends the role with the change; both sides are told, and the person. */
const tellRoleLost = async (context: Context, person: PersonRow) => {
  const { db, today, now, newId } = context
  const accountId = person.id
  await remindLeaver(db, { to: { accountId }, accountId, cause: 'account-manager', leavesOn: today }, { newId, now })
  const told = await tellRoles(
    db,
    { organisationId: person.organisationId, but: [accountId] },
    staffLeftNotice(accountId, person.otherManagers === 0),
    { newId, now },
  )
  return { action: 'account.manager-role-ended', subject: ['account', accountId], detail: { told } } as const
}

/** A new function withdraws nothing. The next review judges by it, and shows the grants that exceed it. */
export const editPerson = action(contract.editPerson, {
  load: async ({ params, body }, { db }) => {
    const [person, third] = await Promise.all([
      lockPerson(db, params.accountId),
      body.thirdPartyId ? findThirdParty(db, body.thirdPartyId) : undefined,
    ])
    return { person: found(person), third }
  },
  may: (viewer, { person }) => mayDecide(viewer, person),
  run: async ({ person, third }, { body, ifMatch }, context) => {
    const { today, viewer } = context
    if (person.status === 'deleted') throw new Refused('person/gone')
    if (person.version !== ifMatch)
      throw new Refused('request/changed-meanwhile', { current: await personNow(context, person.id) })
    const attached = attach(body, third, today)
    if (typeof attached === 'string') throw new Refused(attached)
    const identity = {
      givenName: body.givenName.trim(),
      familyName: body.familyName.trim(),
      function: body.function.trim(),
      ...attached,
      thirdPartyId: attached.attachment === 'agent' ? null : third!.id,
    }
    const leavesStaff =
      viewer.organisationKind !== 'operateur' &&
      person.isStillManager &&
      isPermanentStaff(person) &&
      !isPermanentStaff(identity)
    if (leavesStaff && identity.attachment === 'agent') throw new Refused('person/manages-accounts')
    await correcting(context, [person.id], ({ db }) => saveIdentity(db, person.id, identity))
    const before = {
      givenName: person.givenName,
      familyName: person.familyName,
      function: person.function,
      attachment: person.attachment,
      contractEndsOn: person.contractEndsOn,
      thirdPartyId: person.thirdParty?.id ?? null,
    }
    return {
      reply: await personNow(context, person.id),
      audit: [
        { action: 'account.edited', subject: ['account', person.id], detail: { before, after: identity } },
        ...(leavesStaff ? [await tellRoleLost(context, person)] : []),
      ],
    }
  },
})
