import * as contract from '../../../contract/work-with-employers/facts.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { setAsideBy } from '../correspondents/value-rules.ts'
import { mayKeepFacts } from './facts.policy.ts'
import { confirmFacts, replaceFacts } from './facts.queries.ts'
import { checkVersion, idsOf, kept, loadHeld, writingOf } from './keeping.ts'

/** The value chosen is thereby confirmed; the others stay in the history (EST-6). */
export const chooseFact = action(contract.chooseFact, {
  load: ({ params }, context) => loadHeld(params, context),
  may: (viewer, { place }) => mayKeepFacts(viewer, place),
  run: async (held, { body, ifMatch }, context) => {
    checkVersion(held, ifMatch, context)
    const chosen = held.said.find(({ id }) => id === body.valueId)
    if (!chosen) throw new Refused('fact/value-replaced')
    const replaced = idsOf(setAsideBy(chosen, held.said))
    await replaceFacts(context.db, replaced, context.now)
    await confirmFacts(context.db, [chosen.id], writingOf(context))
    return kept(held, { action: 'fact.chosen', chosen: chosen.id, replaced }, context)
  },
})
