import * as contract from '../../../contract/work-with-employers/facts.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { weighedFacts } from './fact-rules.ts'
import { mayKeepFacts } from './facts.policy.ts'
import { confirmFacts } from './facts.queries.ts'
import { checkVersion, idsOf, kept, loadHeld, writingOf } from './keeping.ts'

/** Where partners differ, one press confirms neither: one of the values is to be chosen. A proposal is no difference. */
export const confirmFact = action(contract.confirmFact, {
  load: ({ params }, context) => loadHeld(params, context),
  may: (viewer, { place }) => mayKeepFacts(viewer, place),
  run: async (held, { ifMatch }, context) => {
    checkVersion(held, ifMatch, context)
    if (held.said.length === 0) throw new Refused('fact/nothing-said')
    const { standing } = weighedFacts(held.said)
    if (standing.length > 1) throw new Refused('fact/differ')
    const confirmed = idsOf(standing)
    await confirmFacts(context.db, confirmed, writingOf(context))
    return kept(held, { action: 'fact.confirmed', confirmed }, context)
  },
})
