import * as contract from '../../../contract/people-and-rights/releases.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { contestedNotice } from './releases.mails.ts'
import { mayContest } from './releases.policy.ts'
import { contestRelease, findRelease } from './releases.queries.ts'

/** The person still works there. Who left has their departure recorded instead, as any. */
export const contestAddressRelease = action(contract.contestAddressRelease, {
  load: async ({ params }, { db }) => found(await findRelease(db, params.releaseId)),
  may: (viewer, release) => mayContest(viewer, release),
  run: async ({ id }, { body }, { db, viewer, now, newId }) => {
    const reason = body.reason.trim()
    if (!(await contestRelease(db, id, reason))) throw new Refused('release/settled')
    const told = await tellRoles(
      db,
      { organisationId: viewer.organisationId, party: 'operateur', but: [viewer.accountId] },
      contestedNotice(id),
      { newId, now },
    )
    return {
      reply: { told },
      audit: [{ action: 'release.contested', subject: ['address-release', id], detail: { reason, told } }],
    }
  },
})
