import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { maySettleAuthority } from './conventions.policy.ts'
import { lockConvention, saveAuthority } from './conventions.queries.ts'
import { keepFile, mustBeRead, settled } from './within-convention.ts'

/**
 * AGR-11: the prefecture's receipt and the publication often follow the draft. The page warns of a signature before
 * either.
 */
export const settleAuthority = action(contract.settleAuthority, {
  load: async ({ params }, { db }) => {
    const loaded = found(await lockConvention(db, params.conventionId))
    return { loaded, before: found(loaded.signatories.find(s => s.party === params.party)) }
  },
  may: (viewer, { loaded }, { params }) => maySettleAuthority(viewer, loaded.convention, params.party),
  run: async ({ loaded, before }, { params, body, ifMatch }, context) => {
    await mustBeRead(loaded.convention.id, ifMatch, context)
    // The signed document names the signatory and their title. Once it is sent, only the act that empowers is
    // completed.
    const { file, ...said } = body
    const scan = file ? await keepFile(loaded.convention.id, 'acte', file, context) : null
    const settledBody = {
      ...said,
      ...(loaded.convention.sentAt || loaded.convention.effectiveFrom
        ? { name: before.name, capacity: before.capacity }
        : {}),
      ...(scan ? { actDocumentId: scan.id } : {}),
    }
    await saveAuthority(context.db, loaded.convention.id, params.party, settledBody)
    return {
      reply: await settled(loaded.convention.id, context),
      audit: [
        {
          action: 'convention.authority-settled',
          subject: ['convention', loaded.convention.id],
          detail: { party: params.party, before, after: settledBody, scan },
        },
      ],
    }
  },
})
