import * as contract from '../../../contract/work-with-employers/facts.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { correctionOf } from '../correspondents/value-rules.ts'
import { cleanedFact } from './fact-rules.ts'
import { mayKeepFacts } from './facts.policy.ts'
import { confirmFacts, insertFact, replaceFacts } from './facts.queries.ts'
import { checkVersion, idsOf, kept, loadHeld, writingOf } from './keeping.ts'

/** Another partner's different value stays beside; the same one is thereby confirmed. */
export const noteFact = action(contract.noteFact, {
  load: ({ params }, context) => loadHeld(params, context),
  may: (viewer, { place }) => mayKeepFacts(viewer, place),
  run: async (held, { body, ifMatch }, context) => {
    const { db, viewer, now, today, newId } = context
    const { place, field, said } = held
    const observedOn = body.observedOn ?? today
    checkVersion(held, ifMatch, context)
    if (observedOn > today) throw new Refused('fact/observed-in-future')
    if (body.value === null && said.length === 0) throw new Refused('fact/nothing-said')
    const value = body.value === null ? null : cleanedFact(field, body.value)
    const { added, confirmed, replaced } = correctionOf({ [field]: value }, said, viewer.organisationId)
    await replaceFacts(db, idsOf(replaced), now)
    await confirmFacts(db, idsOf(confirmed), writingOf(context))
    const { name: _, ...line } = place
    const fresh = added.map(one => ({ ...line, field, value: one.value, id: newId(), observedOn }))
    for (const fact of fresh) await insertFact(db, { ...fact, source: body.source ?? 'conseiller' }, writingOf(context))
    const changes = { added: idsOf(fresh), confirmed: idsOf(confirmed), replaced: idsOf(replaced) }
    return kept(held, { action: value === null ? 'fact.emptied' : 'fact.noted', ...changes }, context)
  },
})
