import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { enrolled } from './enrolled.ts'
import { mayEnrol } from './enrolment.policy.ts'
import { wrongAnswer } from './proof.ts'
import {
  dropChallenge,
  firstEnrolment,
  insertPasskey,
  lockChallenges,
  lockFailures,
  lockOwnFactors,
  ofSession,
  passkeysOf,
} from './second-factors.queries.ts'
import { passkeyMade } from './webauthn.ts'

export const confirmPasskey = action(contract.confirmPasskey, {
  load: async (_input, { db, now }) => {
    await lockFailures(db)
    return {
      factors: await lockOwnFactors(db),
      challenges: await lockChallenges(db, 'passkey-enrolment'),
      first: await firstEnrolment(db),
      now,
    }
  },
  may: (viewer, { factors, first, now }) => mayEnrol(viewer, factors.length, first, now),
  run: async ({ factors, challenges }, { body }, context) => {
    const { db, now, viewer, newId } = context
    const challenge = ofSession(challenges, viewer.sessionId, now)?.challenge
    if (!challenge) throw new Refused('second-factor/enrolment-lost')
    await dropChallenge(db, viewer.sessionId, 'passkey-enrolment') // one answer a question, right or wrong
    const passkey = await passkeyMade(context.settings.identity, body.answer, challenge)
    if (!passkey || passkeysOf(factors).some(p => p.credentialId === passkey.credentialId))
      return wrongAnswer(context, 'passkey', null, 'second-factor/passkey-refused')
    const id = newId()
    await insertPasskey(db, { id, accountId: viewer.accountId, label: body.label.trim(), passkey, now })
    return enrolled(context, 'passkey', id, body.label.trim())
  },
})
