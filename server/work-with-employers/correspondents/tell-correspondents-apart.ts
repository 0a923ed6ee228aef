import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayMerge } from './correspondents.policy.ts'
import { tellApart } from './merging.queries.ts'
import {
  checkNotMerged,
  checkNotObjected,
  checkTwoCards,
  checkVersion,
  loadLockedTwo,
  settled,
  writingOf,
} from './settling.ts'

export const tellCorrespondentsApart = action(contract.tellCorrespondentsApart, {
  load: ({ params, body }, context) => loadLockedTwo(params.correspondentId, body.otherId, context),
  may: (viewer, cards) => mayMerge(viewer, cards),
  run: async ({ kept, absorbed }, { ifMatch }, context) => {
    checkNotMerged(kept)
    checkNotObjected(kept)
    checkTwoCards(kept, absorbed)
    checkVersion(kept, ifMatch, context)
    await Promise.all([
      tellApart(context.db, kept.id, [absorbed.id], writingOf(context)),
      touchCorrespondent(context.db, kept.id, context.viewer.organisationId, {}),
    ])
    return settled(kept, { action: 'correspondent.told-apart', detail: { other: absorbed.id } }, context)
  },
})
