import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { openSecret } from '../../platform/secret-box.ts'
import { proven, refuseGuesses, wrongAnswer } from './proof.ts'
import { acceptTotp, lockFailures, lockOwnFactors } from './second-factors.queries.ts'
import { totpStep } from './totp.ts'

export const proveByTotp = action(contract.proveByTotp, {
  load: async (_input, { db }) => ({
    failures: await lockFailures(db),
    applications: (await lockOwnFactors(db)).filter(f => f.kind === 'totp'),
  }),
  may: (_viewer, { applications }) => (applications.length ? true : 'second-factor/none'),
  run: async ({ failures, applications }, { body }, context) => {
    const { db, now, viewer } = context
    refuseGuesses(failures, now)
    for (const { id, secret, lastStep } of applications) {
      const step = totpStep(
        openSecret(context.settings.identity.keys, secret!, viewer.accountId),
        body.code,
        now,
        lastStep!,
      )
      if (step === undefined || (await acceptTotp(db, id, step, now)) === 0) continue
      const { state, audit, sessionToken } = await proven(context, 'totp')
      return { reply: { state }, audit, sessionToken }
    }
    return wrongAnswer(context, 'totp', failures, 'second-factor/wrong-code')
  },
})
