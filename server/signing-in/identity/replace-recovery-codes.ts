import * as contract from '../../../contract/signing-in/identity.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { codesReplacedMail } from './factor-mails.ts'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'
import { lockOwnFactors, replaceRecoveryCodes as replace } from './second-factors.queries.ts'

export const replaceRecoveryCodes = action(contract.replaceRecoveryCodes, {
  // Two replacements at once: the second one's codes are the ones that serve.
  load: async (_input, { db }) => ({ factors: await lockOwnFactors(db) }),
  may: (_viewer, { factors }) => (factors.length > 0 ? true : 'second-factor/none'),
  run: async (_subject, _input, { db, viewer, newId, now }) => {
    const recoveryCodes = newRecoveryCodes()
    await replace(db, viewer.accountId, recoveryCodes.map(recoveryCodeHash))
    const mail = await tellPerson(db, codesReplacedMail(viewer.accountId), { newId, now })
    return {
      reply: { recoveryCodes },
      audit: [
        {
          action: 'recovery-codes.replaced',
          subject: ['account', viewer.accountId],
          detail: { count: recoveryCodes.length, mail },
        },
      ],
    }
  },
})
