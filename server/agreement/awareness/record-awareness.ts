import * as contract from '../../../contract/agreement/awareness.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayRecordAwareness } from './awareness.policy.ts'
import { awarenessOf, findPerson, insertAwareness } from './awareness.queries.ts'
import { awarenessReply } from './awareness-reply.ts'

export const recordAwareness = action(contract.recordAwareness, {
  load: ({ body: { accountId } }, { db }) => findPerson(db, accountId),
  may: (viewer, person) => mayRecordAwareness(viewer, person),
  run: async (
    person,
    { body: { accountId, doneOn, modality, title, minutes = null } },
    { db, newId, now, today, viewer },
  ) => {
    if (!person || person.status === 'deleted') throw new Refused('account/unknown')
    if (doneOn > today) throw new Refused('awareness/in-future')
    const id = newId()
    await insertAwareness(db, [
      {
        id,
        accountId,
        organisationId: person.organisationId,
        doneOn,
        modality,
        title,
        minutes,
        recordedBy: viewer.accountId,
        recordedAt: now,
      },
    ])
    return {
      reply: awarenessReply(found(await awarenessOf(db, accountId))),
      audit: [
        { action: 'awareness.recorded', subject: ['account', accountId], detail: { doneOn, modality, title, minutes } },
      ],
    }
  },
})
