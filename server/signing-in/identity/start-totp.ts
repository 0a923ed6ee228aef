import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { sealSecret } from '../../platform/secret-box.ts'
import { mayEnrol } from './enrolment.policy.ts'
import { firstEnrolment, ownFactors, setChallenge } from './second-factors.queries.ts'
import { newTotpSecret, totpInvitation } from './totp.ts'

export const startTotp = action(contract.startTotp, {
  load: async (_input, { db, now }) => ({ enrolled: await ownFactors(db), first: await firstEnrolment(db), now }),
  may: (viewer, { enrolled, first, now }) => mayEnrol(viewer, enrolled.length, first, now),
  run: async ({ now }, _input, { db, viewer, settings }) => {
    const secret = newTotpSecret()
    await setChallenge(db, {
      sessionId: viewer.sessionId,
      accountId: viewer.accountId,
      purpose: 'totp-enrolment',
      secret: sealSecret(settings.identity.keys, secret, viewer.accountId),
      now,
    })
    return {
      reply: totpInvitation(secret, `${viewer.givenName} ${viewer.familyName}`),
      audit: [
        {
          action: 'second-factor.enrolment-started',
          subject: ['account', viewer.accountId],
          detail: { kind: 'totp', sessionId: viewer.sessionId },
        },
      ],
    }
  },
})
