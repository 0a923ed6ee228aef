import * as contract from '../../../contract/work-with-employers/facts.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { weighedFacts } from './fact-rules.ts'
import { mayKeepFacts } from './facts.policy.ts'
import { replaceFacts } from './facts.queries.ts'
import { checkVersion, kept, loadHeld } from './keeping.ts'

/** A proposal leaves, and nothing else is said of the field: what stands is not thereby confirmed (EST-6). */
export const setFactAside = action(contract.setFactAside, {
  load: ({ params }, context) => loadHeld(params, context),
  may: (viewer, { place }) => mayKeepFacts(viewer, place),
  run: async (held, { body, ifMatch }, context) => {
    checkVersion(held, ifMatch, context)
    if (!held.said.some(({ id }) => id === body.valueId)) throw new Refused('fact/value-replaced')
    if (!weighedFacts(held.said).proposed.has(body.valueId)) throw new Refused('fact/not-proposed')
    const replaced = [body.valueId]
    await replaceFacts(context.db, replaced, context.now)
    return kept(held, { action: 'fact.set-aside', replaced }, context)
  },
})
