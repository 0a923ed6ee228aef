import * as contract from '../../../contract/agreement/awareness.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { mayRecordAwareness } from './awareness.policy.ts'
import { findPeople, insertAwareness } from './awareness.queries.ts'

/** Each person of a meeting has their own record and their own line in the trail: all of them, or none. */
export const recordMeeting = action(contract.recordMeeting, {
  load: ({ body: { accountIds } }, { db }) => findPeople(db, accountIds),
  may: (viewer, people) =>
    people.map(person => mayRecordAwareness(viewer, person)).find(verdict => verdict !== true) ??
    mayRecordAwareness(viewer),
  run: async (
    people,
    { body: { accountIds, doneOn, modality, title, minutes = null } },
    { db, newId, now, today, viewer },
  ) => {
    if (people.length < accountIds.length) throw new Refused('account/unknown')
    if (doneOn > today) throw new Refused('awareness/in-future')
    const what = { doneOn, modality, title, minutes }
    await insertAwareness(
      db,
      people.map(({ id, organisationId }) => ({
        ...what,
        id: newId(),
        accountId: id,
        organisationId,
        recordedBy: viewer.accountId,
        recordedAt: now,
      })),
    )
    const [first, ...others] = people.map(({ id }) => ({
      action: 'awareness.recorded',
      subject: ['account', id] as const,
      detail: { ...what, together: people.length },
    }))
    return { reply: { recorded: people.length }, audit: [first!, ...others] }
  },
})
