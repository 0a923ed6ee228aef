import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayDraft } from './conventions.policy.ts'
import { lockConvention, saveSent } from './conventions.queries.ts'
import { mustAllow, settled, tell } from './within-convention.ts'

/**
 * Back to a draft before both have signed. A signature already given stays as evidence of the document it signed, and
 * counts for no other.
 */
export const recallConvention = action(contract.recallConvention, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => mayDraft(viewer, convention),
  run: async (loaded, _input, context) => {
    const { convention } = loaded
    mustAllow(loaded, 'recall', context.now)
    await saveSent(context.db, convention.id, null, null, null)
    const told = await tell(
      loaded,
      'partenaire',
      {
        kind: 'convention-recalled',
        subject: 'Une convention n’est plus à signer',
        text: `La direction régionale a repris le projet de convention n° ${convention.number} pour le modifier. Un nouveau document vous sera envoyé ; une signature déjà donnée ne vaut pas pour lui.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: 'convention.recalled',
          subject: ['convention', convention.id],
          detail: { document: convention.documentId, told },
        },
      ],
    }
  },
})
