import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { handoverHash } from './handover-code.ts'
import { openOwnEnrolment, ownFactors } from './second-factors.queries.ts'

/**
 * Takes the code that the account manager handed over, in the session that will enrol.
 * A mailbox alone never enrols (IDN-2).
 */
export const openEnrolment = action(contract.openEnrolment, {
  load: async (_input, { db }) => ({ enrolled: await ownFactors(db) }),
  may: (viewer, { enrolled }) =>
    viewer.state === 'second-factor-required' && enrolled.length === 0 ? true : 'second-factor/already',
  run: async (_subject, { body }, { db, viewer, settings }) => {
    const found = await openOwnEnrolment(
      db,
      viewer.sessionId,
      handoverHash(settings.identity.keys, viewer.accountId, body.code),
    )
    const opened = found === 'opened'
    return {
      reply: { opened },
      audit: [
        {
          action: opened ? 'second-factor.enrolment-opened' : 'second-factor.code-refused',
          subject: ['account', viewer.accountId],
          detail: { sessionId: viewer.sessionId, found },
        },
      ],
      ...(opened
        ? {}
        : { refusal: new Refused(found === 'wrong' ? 'second-factor/code-refused' : 'second-factor/code-over') }),
    }
  },
})
