import * as contract from '../../../contract/signing-in/identity.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { removedMail } from './factor-mails.ts'
import { lockOwnFactors, removeFactor } from './second-factors.queries.ts'

export const removeSecondFactor = action(contract.removeSecondFactor, {
  load: async ({ params }, { db }) => {
    const factors = await lockOwnFactors(db) // all, so that two removals at once cannot take the last two
    return { factor: found(factors.find(f => f.id === params.factorId)), left: factors.length - 1 }
  },
  may: (_viewer, { left }) => (left > 0 ? true : 'second-factor/last'),
  run: async ({ factor }, _input, { db, viewer, newId, now }) => {
    const removed = (await removeFactor(db, factor.id)) === 1
    const mail = await tellPerson(db, removedMail(viewer.accountId, factor.kind, factor.label), { newId, now })
    return {
      reply: { removed },
      audit: [
        {
          action: 'second-factor.removed',
          subject: ['second-factor', factor.id],
          detail: { kind: factor.kind, accountId: viewer.accountId, mail },
        },
      ],
    }
  },
})
