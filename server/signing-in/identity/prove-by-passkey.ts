import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { proven, wrongAnswer } from './proof.ts'
import {
  acceptPasskey,
  dropChallenge,
  lockChallenges,
  lockFailures,
  lockOwnFactors,
  ofSession,
  passkeysOf,
} from './second-factors.queries.ts'
import { claimedCredential, passkeyProven } from './webauthn.ts'

/**
 * No delay here: a signature cannot be guessed, and wrong codes typed by a stranger must not close this way too
 * (IDN-6).
 */
export const proveByPasskey = action(contract.proveByPasskey, {
  load: async (_input, { db }) => {
    await lockFailures(db)
    return { passkeys: passkeysOf(await lockOwnFactors(db)), challenges: await lockChallenges(db, 'passkey-proof') }
  },
  may: (_viewer, { passkeys }) => (passkeys.length ? true : 'second-factor/none'),
  run: async ({ passkeys, challenges }, { body }, context) => {
    const { db, now, viewer } = context
    const challenge = ofSession(challenges, viewer.sessionId, now)?.challenge
    await dropChallenge(db, viewer.sessionId, 'passkey-proof') // one answer a question, right or wrong
    const claimed = claimedCredential(body.answer)
    const passkey = passkeys.find(p => p.credentialId === claimed)
    const counter =
      challenge && passkey ? await passkeyProven(context.settings.identity, body.answer, challenge, passkey) : undefined
    if (counter === undefined) return wrongAnswer(context, 'passkey', null, 'second-factor/passkey-refused')
    await acceptPasskey(db, passkey!.id, counter, now)
    const { state, audit, sessionToken } = await proven(context, 'passkey')
    return { reply: { state }, audit, sessionToken }
  },
})
