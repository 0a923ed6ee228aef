import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { mayEnrol } from './enrolment.policy.ts'
import { firstEnrolment, ownFactors, passkeysOf, setChallenge } from './second-factors.queries.ts'
import { passkeyInvitation } from './webauthn.ts'

export const startPasskey = action(contract.startPasskey, {
  load: async (_input, { db, now }) => ({ enrolled: await ownFactors(db), first: await firstEnrolment(db), now }),
  may: (viewer, { enrolled, first, now }) => mayEnrol(viewer, enrolled.length, first, now),
  run: async ({ enrolled, now }, _input, { db, viewer, settings }) => {
    const options = await passkeyInvitation(
      settings.identity,
      { id: viewer.accountId, name: `${viewer.givenName} ${viewer.familyName}` },
      passkeysOf(enrolled),
    )
    await setChallenge(db, {
      sessionId: viewer.sessionId,
      accountId: viewer.accountId,
      purpose: 'passkey-enrolment',
      challenge: options.challenge,
      now,
    })
    return {
      reply: { options },
      audit: [
        {
          action: 'second-factor.enrolment-started',
          subject: ['account', viewer.accountId],
          detail: { kind: 'passkey', sessionId: viewer.sessionId },
        },
      ],
    }
  },
})
