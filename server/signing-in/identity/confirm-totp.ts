import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { openSecret } from '../../platform/secret-box.ts'
import { enrolled } from './enrolled.ts'
import { mayEnrol } from './enrolment.policy.ts'
import { refuseWhileWaiting, wrongAnswer } from './proof.ts'
import {
  dropChallenge,
  firstEnrolment,
  insertTotp,
  lockChallenges,
  lockFailures,
  lockOwnFactors,
  ofSession,
} from './second-factors.queries.ts'
import { totpStep } from './totp.ts'

export const confirmTotp = action(contract.confirmTotp, {
  load: async (_input, { db, now }) => {
    const failures = await lockFailures(db) // first: two confirmations at once are judged one after the other
    return {
      failures,
      factors: await lockOwnFactors(db),
      challenges: await lockChallenges(db, 'totp-enrolment'),
      first: await firstEnrolment(db),
      now,
    }
  },
  may: (viewer, { factors, first, now }) => mayEnrol(viewer, factors.length, first, now),
  run: async ({ failures, challenges }, { body }, context) => {
    const { db, now, viewer, newId } = context
    refuseWhileWaiting(failures, now)
    const secret = ofSession(challenges, viewer.sessionId, now)?.secret
    if (!secret) throw new Refused('second-factor/enrolment-lost')
    const step = totpStep(openSecret(context.settings.identity.keys, secret, viewer.accountId), body.code, now, 0)
    if (step === undefined) return wrongAnswer(context, 'totp', failures, 'second-factor/wrong-code')
    const id = newId()
    await insertTotp(db, { id, accountId: viewer.accountId, label: body.label.trim(), secret, lastStep: step, now })
    await dropChallenge(db, viewer.sessionId, 'totp-enrolment')
    return enrolled(context, 'totp', id, body.label.trim())
  },
})
