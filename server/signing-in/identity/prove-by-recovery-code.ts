import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { proven, refuseGuesses, wrongAnswer } from './proof.ts'
import { recoveryCodeHash } from './recovery-codes.ts'
import { lockFailures, ownFactors, spendRecoveryCode, unusedRecoveryCodes } from './second-factors.queries.ts'

export const proveByRecoveryCode = action(contract.proveByRecoveryCode, {
  load: async (_input, { db }) => ({ failures: await lockFailures(db), factors: await ownFactors(db) }),
  may: (_viewer, { factors }) => (factors.length ? true : 'second-factor/none'),
  run: async ({ failures }, { body }, context) => {
    const { db, now, viewer } = context
    refuseGuesses(failures, now)
    if ((await spendRecoveryCode(db, recoveryCodeHash(body.code), now)) === 0)
      return wrongAnswer(context, 'recovery-code', failures, 'second-factor/wrong-code')
    const recoveryCodesLeft = await unusedRecoveryCodes(db)
    const { state, audit, sessionToken } = await proven(context, 'recovery-code', [
      { action: 'recovery-code.used', subject: ['account', viewer.accountId], detail: { left: recoveryCodesLeft } },
    ])
    return { reply: { state, recoveryCodesLeft }, audit, sessionToken }
  },
})
