import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { saveAmendmentClosed } from './amendments.queries.ts'
import { actsFor, maySettle } from './conventions.policy.ts'
import { lockConvention } from './conventions.queries.ts'
import { other } from './deadlines.ts'
import { settled, tell } from './within-convention.ts'

/**
 * AGR-6: the partner refuses an amendment, the operator takes back the one it proposed; its number and its text stay,
 * and the signatures already given are evidence that counts for nothing.
 */
export const closeAmendment = action(contract.closeAmendment, {
  load: async ({ params }, { db }) => found(await lockConvention(db, params.conventionId)),
  may: (viewer, { convention }) => maySettle(viewer, convention),
  run: async (loaded, { params, body }, context) => {
    const { db, now, viewer } = context
    const { convention } = loaded
    const amendment = found(loaded.amendments.find(a => a.id === params.amendmentId))
    if (amendment.closedAt) throw new Refused('convention/amendment-closed')
    if (amendment.effectiveAt) throw new Refused('convention/amendment-in-effect')
    const side = actsFor(viewer, convention)!
    const reason = body.reason.trim()
    await saveAmendmentClosed(db, amendment.id, side, reason, now, viewer.accountId)
    const said = side === 'partenaire' ? 'refuse' : 'retire'
    const told = await tell(
      loaded,
      other(side),
      {
        kind: 'convention-amendment-closed',
        subject: side === 'partenaire' ? 'Un avenant est refusé' : 'Un avenant est retiré',
        text: `L’autre partie ${said} l’avenant n° ${amendment.number} à la convention n° ${convention.number} : il ne se signe plus. Son motif est sur la page de la convention, qui ne change pas.`,
      },
      context,
    )
    return {
      reply: { convention: await settled(convention.id, context), told },
      audit: [
        {
          action: side === 'partenaire' ? 'convention.amendment-refused' : 'convention.amendment-withdrawn',
          subject: ['convention', convention.id],
          detail: { amendment: amendment.id, number: amendment.number, party: side, reason, told },
        },
      ],
    }
  },
})
