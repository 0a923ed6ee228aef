import * as contract from '../../../contract/work-with-employers/facts.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { factReply } from './fact-reply.ts'
import { mayReadFacts } from './facts.policy.ts'
import { factsAt, versionsAt } from './facts.queries.ts'

/** Every field, those of which nothing is said too: they may be filled in. */
export const listFacts = action(contract.listFacts, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [place, rows, versions] = await Promise.all([
      establishmentPlace(db, siret),
      factsAt(db, siret),
      versionsAt(db, siret),
    ])
    return { place: found(place), rows, versions }
  },
  // Refused rather than answered empty: « none » would be false where one may not see them.
  may: (viewer, { place }) => mayReadFacts(viewer, place) || 'access/outside-perimeter',
  run: async ({ place, rows, versions }, _input, context) => {
    const [said, version] = [
      Map.groupBy(rows, ({ field }) => field),
      new Map(versions.map(one => [one.field, one.version])),
    ]
    return {
      items: contract.factNames.map(field =>
        factReply({ field, version: version.get(field) ?? 0 }, said.get(field) ?? [], place, context),
      ),
    }
  },
})
