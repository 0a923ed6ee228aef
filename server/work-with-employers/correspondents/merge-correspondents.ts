import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayMerge } from './correspondents.policy.ts'
import { mergePlan } from './merge-rules.ts'
import { saveMerge } from './merging.queries.ts'
import { checkInPlace, checkTwoCards, checkVersion, loadLockedTwo, settled, writingOf } from './settling.ts'

/** Of two who merge the same pair at once, in whichever direction, the second finds one of the cards merged. */
export const mergeCorrespondents = action(contract.mergeCorrespondents, {
  load: ({ params, body }, context) => loadLockedTwo(params.correspondentId, body.absorbedId, context),
  may: (viewer, cards) => mayMerge(viewer, cards),
  run: async ({ kept, absorbed }, { body, ifMatch }, context) => {
    checkInPlace(kept)
    checkTwoCards(kept, absorbed)
    checkVersion(kept, ifMatch, context)
    checkVersion(absorbed, body.absorbedVersion, context)
    const plan = mergePlan(kept.values, absorbed.values, body.retained)
    const merge = {
      id: context.newId(),
      keptId: kept.id,
      absorbedId: absorbed.id,
      informedTaken: kept.informedOn === null && absorbed.informedOn !== null,
    }
    await Promise.all([
      saveMerge(context.db, merge, plan, writingOf(context)),
      touchCorrespondent(context.db, kept.id, context.viewer.organisationId, {}),
    ])
    const { reply, audit } = await settled(
      kept,
      {
        action: 'correspondent.merged',
        detail: {
          merge: merge.id,
          absorbed: absorbed.id,
          retained: body.retained,
          setAside: plan.setAside.map(({ id }) => id),
        },
      },
      context,
    )
    const other = { siret: absorbed.siret, version: absorbed.version, merge: merge.id, into: kept.id }
    return {
      reply,
      audit: [...audit, { action: 'correspondent.merged', subject: ['correspondent', absorbed.id], detail: other }],
    }
  },
})
