import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { ownFactors, passkeysOf, setChallenge } from './second-factors.queries.ts'
import { passkeyQuestion } from './webauthn.ts'

export const startPasskeyProof = action(contract.startPasskeyProof, {
  load: async (_input, { db }) => passkeysOf(await ownFactors(db)),
  may: (_viewer, passkeys) => (passkeys.length ? true : 'second-factor/none'),
  run: async (passkeys, _input, { db, viewer, now, settings }) => {
    const options = await passkeyQuestion(settings.identity, passkeys)
    await setChallenge(db, {
      sessionId: viewer.sessionId,
      accountId: viewer.accountId,
      purpose: 'passkey-proof',
      challenge: options.challenge,
      now,
    })
    return {
      reply: { options },
      audit: [{ action: 'second-factor.asked', subject: ['session', viewer.sessionId], detail: { way: 'passkey' } }],
    }
  },
})
