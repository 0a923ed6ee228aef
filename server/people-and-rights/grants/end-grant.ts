import * as contract from '../../../contract/people-and-rights/grants.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { lockPerson } from '../people/people.queries.ts'
import { personNow } from '../people/person-reply.ts'
import { endedMail } from './grants.mails.ts'
import { endGrants, findGrant } from './grants.queries.ts'

export const endGrant = action(contract.endGrant, {
  load: async ({ params }, { db }) => {
    const person = found(await lockPerson(db, found(await findGrant(db, params.grantId)).accountId))
    return { person, grant: found(await findGrant(db, params.grantId)) }
  },
  may: (viewer, { person }) => mayDecide(viewer, person),
  run: async ({ person, grant }, { body }, context) => {
    const { db, viewer, now, newId } = context
    const reason = body.reason.trim()
    if ((await endGrants(db, [grant.id], viewer.accountId, reason)) === 0) throw new Refused('grant/over')
    await tellPerson(db, endedMail(person.id, grant.tool, reason), { newId, now })
    return {
      reply: await personNow(context, person.id),
      audit: [
        {
          action: 'grant.ended',
          subject: ['account', person.id],
          detail: { grant: grant.id, tool: grant.tool, profile: grant.profile, reason },
        },
      ],
    }
  },
})
